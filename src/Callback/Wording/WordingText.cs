using System.Globalization;
using System.Text;

namespace Callback.Wording;

/// <summary>
/// A text in the form the expressions are written for: half-width, lower case, single spaces, none between Chinese characters and always one between
/// Chinese and Latin, so that spacing and width hide nothing. Every character knows where it came from.
/// </summary>
internal sealed class WordingText
{
    /// <summary>Stands for a value of a script; read as a number, because that is how scarcity names it.</summary>
    public const char Value = '\uFFFC';

    /// <summary>Put between Chinese characters to keep a word from being found.</summary>
    private const string Fillers = " *_-·•~^|#+";

    private readonly StringBuilder plain;
    private readonly List<int> origins;

    private WordingText(string source)
    {
        Source = source;
        plain = new(source.Length + 16);
        origins = new(source.Length + 16);
        for (var i = 0; i < source.Length; i++)
            Add(source[i], i);
        Plain = plain.ToString();
    }

    public string Source { get; }

    public string Plain { get; }

    public static WordingText Of(string source) => new(source);

    /// <summary>Where a stretch of <see cref="Plain"/> stands in <see cref="Source"/>.</summary>
    public (int Position, int Length) Origin(int start, int length)
    {
        var first = origins[start];
        return (first, origins[start + length - 1] + 1 - first);
    }

    /// <summary>The sentence around a stretch, by its bounds in <see cref="Plain"/>.</summary>
    public (int Start, int End) Sentence(int start, int length)
    {
        var (from, to) = (start, start + length);
        while (from > 0 && !EndsSentence(from - 1))
            from--;
        while (to < Plain.Length && !EndsSentence(to))
            to++;
        return (from, to);
    }

    public static bool IsChinese(char letter) => letter is >= '\u3400' and <= '\u9fff' or >= '\uf900' and <= '\ufaff' or '〇';

    private bool EndsSentence(int at) => Plain[at] switch
    {
        '!' or '?' or ';' or '\n' => true,
        '.' => !(at > 0 && at + 1 < Plain.Length && char.IsAsciiLetterOrDigit(Plain[at - 1]) && char.IsAsciiLetterOrDigit(Plain[at + 1])),
        _ => false,
    };

    private void Add(char letter, int at)
    {
        var simple = IsChinese(letter) ? letter : Simple(letter);
        if (simple == '\0')
            return;
        if (simple > '\x7f' && !IsChinese(simple) && !char.IsSurrogate(simple))
        {
            foreach (var part in letter.ToString().Normalize(NormalizationForm.FormKC))
                Append(Simple(part), at);
            return;
        }
        Append(simple, at);
    }

    private void Append(char letter, int at)
    {
        if (letter == '\0' || (letter == ' ' && (plain.Length == 0 || plain[^1] is ' ' or '\n')))
            return;
        if (IsChinese(letter))
            CloseGap();
        if (plain.Length > 0 && ((IsChinese(letter) && char.IsAsciiLetterOrDigit(plain[^1])) || (char.IsAsciiLetterOrDigit(letter) && IsChinese(plain[^1]))))
            Put(' ', at);
        Put(letter, at);
    }

    /// <summary>Takes fillers back that stand between two Chinese characters.</summary>
    private void CloseGap()
    {
        var end = plain.Length;
        while (end > 0 && Fillers.Contains(plain[end - 1]))
            end--;
        if (end == 0 || !IsChinese(plain[end - 1]))
            return;
        origins.RemoveRange(end, plain.Length - end);
        plain.Length = end;
    }

    private void Put(char letter, int at)
    {
        plain.Append(letter);
        origins.Add(at);
    }

    private static char Simple(char letter) => letter switch
    {
        '\n' => '\n',
        Value => '0',
        '。' or '．' => '.',
        '、' or '，' => ',',
        '“' or '”' or '「' or '」' or '『' or '』' or '《' or '》' or '«' or '»' => '"',
        '‘' or '’' or 'ʼ' or '`' or '´' => '\'',
        '—' or '–' or '‐' or '‑' => '-',
        >= '\uff01' and <= '\uff5e' => char.ToLowerInvariant((char)(letter - 0xfee0)),
        _ when char.IsWhiteSpace(letter) => ' ',
        _ when char.IsControl(letter) || CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark => '\0',
        _ => char.ToLowerInvariant(letter),
    };
}
