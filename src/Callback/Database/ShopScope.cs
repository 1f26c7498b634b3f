namespace Callback.Database;

/// <summary>Which shops' rows a transaction may see; row-level security holds it in the database.</summary>
public sealed class ShopScope
{
    /// <summary>The program's own passes and the command line.</summary>
    public static readonly ShopScope All = new("*");

    private ShopScope(string setting) => Setting = setting;

    public static ShopScope Of(params IEnumerable<ShopId> shops) => new(string.Join(',', shops.Select(shop => shop.Value)));

    internal string Setting { get; }
}
