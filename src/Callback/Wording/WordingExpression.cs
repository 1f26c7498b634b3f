using System.Text;
using System.Text.RegularExpressions;

namespace Callback.Wording;

/// <summary>
/// An expression of the list, compiled for linear time. Besides the usual signs: <c>~</c> after an English word allows its simple endings, <c>…</c> up to eight
/// characters within a clause. An English expression begins and ends at a word and its blanks may be hyphens; a blank in a Chinese one may be missing.
/// </summary>
internal static class WordingExpression
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private const string Endings = "(?:s|es|d|ed|ing|'s)?";
    private const string Gap = "[^,.;!?\\n]{0,8}";

    /// <exception cref="ArgumentException">It is no expression, or none that can be matched in linear time.</exception>
    public static Regex Compile(IEnumerable<string> expressions) => new(string.Join('|', expressions.Select(Translate)), Linear);

    private static string Translate(string expression)
    {
        var chinese = expression.Any(WordingText.IsChinese);
        var pattern = new StringBuilder();
        foreach (var sign in expression.ToLowerInvariant())
            pattern.Append(sign switch
            {
                ' ' => chinese ? " ?" : "[ -]",
                '~' => Endings,
                '…' => Gap,
                _ => sign,
            });
        return chinese ? $"(?:{pattern})" : $@"\b(?:{pattern})\b";
    }
}
