namespace Callback.Accounts;

/// <summary>A shop as the administrator keeps it.</summary>
public sealed class Shop
{
    public const string Columns = "shop_id, name, zone, language, country, currency, policy, practice, created_at, closed_at";

    public ShopId ShopId { get; init; }

    public string Name { get; init; } = "";

    /// <summary>IANA zone id, where the order says nothing better.</summary>
    public string Zone { get; init; } = "";

    /// <summary>Of its call scripts: <c>zh-CN</c> or <c>en</c>.</summary>
    public string Language { get; init; } = "";

    /// <summary>ISO 3166, two capitals.</summary>
    public string Country { get; init; } = "";

    /// <summary>ISO 4217, three capitals.</summary>
    public string Currency { get; init; } = "";

    /// <summary>A preset of config/policies.</summary>
    public string Policy { get; init; } = "";

    /// <summary>Of simulated customers; its line is the practice line.</summary>
    public bool Practice { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }
}
