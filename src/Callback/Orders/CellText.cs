using System.Text;

namespace Callback.Orders;

/// <summary>Undoes what spreadsheets and platforms wrap around a cell's value: <c>="…"</c>, a leading apostrophe or tab, blanks of every width, '-' for nothing.</summary>
internal static class CellText
{
    /// <summary>The value as text, or null when there is none. Widths are kept: for titles, names and notes.</summary>
    public static string? Clean(string? cell)
    {
        var text = Strip(cell);
        return text.Length == 0 || text is "-" or "—" or "--" ? null : text;
    }

    /// <summary>The value with full-width letters, digits and signs folded: for numbers, codes, dates, status words.</summary>
    public static string? Fold(string? cell)
    {
        var text = Clean(cell);
        return text is null || IsPlain(text) ? text : Clean(Normalize(text));
    }

    /// <summary>A header as it is compared: folded, lower case, inner blanks single.</summary>
    public static string Header(string? cell) =>
        string.Join(' ', Normalize(cell ?? "").ToLowerInvariant().Trim('\uFEFF', '\'', '"', '*', '\t', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Strip(string? cell)
    {
        var text = (cell ?? "").AsSpan().Trim().Trim('\uFEFF');
        while (text.Length > 0)
        {
            if (text[0] is '\'' or '’' or '‘' or '`')
                text = text[1..].Trim();
            else if (text.Length > 2 && text[0] == '=' && text[1] == '"' && text[^1] == '"')
                text = text[2..^1].Trim();
            else
                break;
        }
        return text.Length == cell?.Length ? cell : text.ToString();
    }

    // Unpaired surrogates cannot be normalised and cannot be stored as UTF-8 either.
    private static string Normalize(string text) => WithoutUnpairedSurrogates(text).Normalize(NormalizationForm.FormKC);

    /// <summary>The text as the database can keep it: no NUL, no half of a character pair.</summary>
    public static string Storable(string text) => WithoutUnpairedSurrogates(text).Replace('\0', '\uFFFD');

    private static string WithoutUnpairedSurrogates(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(rune);
        return clean.ToString();
    }

    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExceptInRange('\u0020', '\u007E');
}
