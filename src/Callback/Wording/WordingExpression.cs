using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace Callback.Wording;

/// <summary>
/// An expression of the list, compiled for linear time. Besides the usual signs: <c>~</c> after an English word allows its simple endings; <c>#</c> is a
/// number in figures or words; <c>…</c> is a short stretch within a clause. 您 is 你 as well; English short forms (n't, 'll, 's) are the long ones as well.
/// An English expression begins and ends at a word, and its blanks may be hyphens; a blank in a Chinese one may be missing.
/// </summary>
internal sealed class WordingExpression
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private const string EnglishNumber = "(?:[$€£¥]?[0-9]+(?:[.][0-9]+)?|one|two|three|four|five|six|seven|eight|nine|ten|a dozen|a few|a couple)";

    /// <summary>The first that fits is taken.</summary>
    private static readonly (string Sign, string Pattern)[] Chinese =
    [
        (" ", " ?"),
        ("您", "(?:[您你]们?)"),
        ("#", "(?: ?(?:[0-9]+(?:[.][0-9]+)?|[零一二两三四五六七八九十百千几半]+) ?)"),
        ("…", "[^,.;!?\\n]{0,8}"),
    ];

    private static readonly (string Sign, string Pattern)[] English =
    [
        (" ", "[ -]"),
        ("can't", "ca(?:n't|nt|nnot|n not)"),
        ("won't", "w(?:on't|ont|ill not)"),
        ("n't", "(?:n't|nt| not)"),
        ("'ll", "(?:'ll| will| shall)"),
        ("'re", "(?:'re| are)"),
        ("'ve", "(?:'ve| have)"),
        ("'m", "(?:'m| am)"),
        ("'s", "(?:'?s| is)"),
        ("~", "(?:s|es|d|ed|ing|'s)?"),
        ("#", EnglishNumber),
        ("…", "[^.;!?\\n]{0,40}"),
    ];

    private static readonly SearchValues<char> LatinLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    // One list may be loaded several times in a process; what it compiles to is the same.
    private static readonly ConcurrentDictionary<string, Lazy<Regex>> Compiled = new(StringComparer.Ordinal);

    private readonly Lazy<Regex> compiled;

    /// <exception cref="ArgumentException">One of them is no expression, or none for linear time, or together they are too large.</exception>
    public WordingExpression(IEnumerable<string> expressions)
    {
        var pattern = string.Join('|', expressions.Select(Translate));
        var shape = ExpressionShape.Of(pattern);
        if (shape.Size > ExpressionShape.LargestSize)
            throw new ArgumentException($"it is too large ({shape.Size} of {ExpressionShape.LargestSize}): split it, or shorten its repetitions");
        Words = shape.Words;
        MatchesNothing = shape.Least == 0;
        compiled = Compiled.GetOrAdd(pattern, text => new(() => new Regex(text, Linear)));
    }

    /// <summary>Every match holds at least one of them; null: none is certain.</summary>
    public FrozenSet<string>? Words { get; }

    /// <summary>It would be found in an empty text, and so everywhere.</summary>
    public bool MatchesNothing { get; }

    /// <summary>Compiled the first time it is needed, which takes some milliseconds and up to a megabyte: few of them ever are.</summary>
    public Regex Regex => compiled.Value;

    public bool IsMatch(ReadOnlySpan<char> text) => Regex.IsMatch(text);

    private static string Translate(string expression)
    {
        var chinese = expression.Any(WordingText.IsChinese);
        var signs = chinese ? Chinese : English;
        var pattern = new StringBuilder();
        var rest = expression.ToLowerInvariant().AsSpan();
        while (rest.Length > 0)
        {
            var length = chinese ? Set(rest) : 0;
            var replacement = rest[..length].ToString();
            if (length == 0)
                length = Sign(rest, signs, out replacement);
            if (length == 0 && chinese)
                length = Latin(rest, out replacement);
            pattern.Append(length == 0 ? rest[..1] : replacement);
            rest = rest[Math.Max(1, length)..];
        }
        return chinese ? $"(?:{pattern})" : $@"\b(?:{pattern})\b";
    }

    /// <summary>A set or a count stands as it is.</summary>
    private static int Set(ReadOnlySpan<char> rest) => rest[0] switch
    {
        '[' => rest.IndexOf(']') + 1,
        '{' => rest.IndexOf('}') + 1,
        _ => 0,
    };

    /// <summary>Latin words stand apart from the Chinese around them, if there is any.</summary>
    private static int Latin(ReadOnlySpan<char> rest, out string replacement)
    {
        var length = rest.IndexOfAnyExcept(LatinLetters) is var end and >= 0 ? end : rest.Length;
        replacement = $"(?: ?{rest[..length]} ?)";
        return length;
    }

    private static int Sign(ReadOnlySpan<char> rest, (string Sign, string Pattern)[] signs, out string replacement)
    {
        foreach (var (sign, pattern) in signs)
            if (rest.StartsWith(sign, StringComparison.Ordinal))
            {
                replacement = pattern;
                return sign.Length;
            }
        replacement = "";
        return 0;
    }
}
