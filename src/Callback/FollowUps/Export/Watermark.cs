using System.Text;

namespace Callback.FollowUps.Export;

/// <summary>Marks a text cell with the number of the export it left in, in characters that are not seen, so that one leaked row leads to its maker.</summary>
/// <remarks>Survives copying cells and saving as another format; does not survive retyping or a tool that strips zero-width characters.</remarks>
public static class Watermark
{
    private const char Zero = '\u200B';
    private const char One = '\u200C';
    private const char Edge = '\u2060';

    public static string Mark(string text, int exportNo)
    {
        var mark = new StringBuilder(text.Length + 34).Append(text).Append(Edge);
        for (var bit = 31; bit >= 0; bit--)
            mark.Append(((exportNo >> bit) & 1) == 1 ? One : Zero);
        return mark.Append(Edge).ToString();
    }

    /// <returns>The numbers of all whole marks in the text, in order.</returns>
    public static IEnumerable<int> ReadAll(string text)
    {
        for (var start = text.IndexOf(Edge, StringComparison.Ordinal); start >= 0 && start + 33 < text.Length; start = text.IndexOf(Edge, start + 1))
        {
            if (text[start + 33] == Edge && Number(text.AsSpan(start + 1, 32)) is { } number)
                yield return number;
        }
    }

    private static int? Number(ReadOnlySpan<char> bits)
    {
        var number = 0;
        foreach (var bit in bits)
        {
            if (bit is not (Zero or One))
                return null;
            number = (number << 1) | (bit == One ? 1 : 0);
        }
        return number;
    }
}
