namespace Callback.Orders.Formats;

/// <summary>Reads status words. A word that is not in the format is an error, never a guess.</summary>
internal static class StatusWords
{
    /// <summary>As words are compared: folded (a full-width comma is a comma), lower case, without blanks.</summary>
    public static string Key(string? word) => string.Concat((CellText.Fold(word) ?? "").ToLowerInvariant().Where(letter => !char.IsWhiteSpace(letter)));

    /// <returns>The status, or null with what was not understood; an empty text when nothing was said at all.</returns>
    public static (OrderStatus? Status, string? Unknown) Read(StatusColumn column, string? cell)
    {
        var word = Key(cell);
        if (word.Length == 0)
            return (null, column.Optional || column.Filled is not null ? null : "");
        if (column.Filled is { } filled)
            return (filled, null);
        if (column.Words.TryGetValue(word, out var status))
            return (status, null);
        foreach (var prefix in column.DropBefore.Where(prefix => word.StartsWith(prefix, StringComparison.Ordinal)))
        {
            if (column.Words.TryGetValue(word[prefix.Length..], out status))
                return (status, null);
        }
        return (null, cell);
    }
}
