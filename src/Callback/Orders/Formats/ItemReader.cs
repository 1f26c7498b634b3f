namespace Callback.Orders.Formats;

/// <summary>Reads the items a row tells of.</summary>
internal static class ItemReader
{
    private const int LongestTitle = 500;

    public static OrderItem Columns(string title, int quantity, decimal? price, string? sku) => new(Short(title), quantity, price, sku is null ? null : Short(sku));

    /// <summary><c>name:Beanie|quantity:2|total:18.00</c>, or the same without names in the order sku, quantity, total.</summary>
    public static OrderItem? Pipes(string cell)
    {
        var parts = cell.Split('|', StringSplitOptions.TrimEntries);
        var named = parts.Select(part => part.Split(':', 2)).Where(part => part.Length == 2).GroupBy(part => part[0].Trim().ToLowerInvariant()).ToDictionary(part => part.Key, part => part.First()[1].Trim());
        var title = named.GetValueOrDefault("name") ?? named.GetValueOrDefault("product") ?? (named.Count == 0 ? parts[0] : null);
        if (string.IsNullOrWhiteSpace(title))
            return null;
        var quantity = ValueReader.Quantity(named.GetValueOrDefault("quantity") ?? named.GetValueOrDefault("qty") ?? parts.ElementAtOrDefault(1) ?? "") ?? 1;
        var total = ValueReader.Amount(named.GetValueOrDefault("total") ?? (named.Count == 0 ? parts.ElementAtOrDefault(2) : null) ?? "", '.');
        return new(Short(title), quantity, total is { } sum ? decimal.Round(sum / quantity, 2) : null, named.GetValueOrDefault("sku") is { Length: > 0 } sku ? Short(sku) : null);
    }

    private static string Short(string text) => text.Length <= LongestTitle ? text : text[..(char.IsHighSurrogate(text[LongestTitle - 1]) ? LongestTitle - 1 : LongestTitle)];
}
