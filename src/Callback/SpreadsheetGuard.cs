namespace Callback;

/// <summary>Keeps text cells text: a spreadsheet program must never take what a customer wrote for a formula (OWASP ASVS 1.2.10).</summary>
public static class SpreadsheetGuard
{
    private const string Starts = "=+-@\t\r\n＝＋－＠";

    /// <summary>Puts an apostrophe before a cell that would begin a formula, also after blanks of any width.</summary>
    public static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        var first = text.AsSpan().TrimStart(" \u00A0\u3000\u200B\uFEFF");
        return Starts.Contains(text[0], StringComparison.Ordinal) || (first.Length > 0 && Starts.Contains(first[0], StringComparison.Ordinal)) ? "'" + text : text;
    }
}
