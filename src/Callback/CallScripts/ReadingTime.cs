using System.Text.RegularExpressions;

namespace Callback.CallScripts;

/// <summary>How long a text takes read aloud: 4 Chinese characters or 2.5 words of other languages a second; a digit of a long number counts as one of either.</summary>
public static partial class ReadingTime
{
    private const double CharactersASecond = 4;
    private const double WordsASecond = 2.5;

    /// <summary>The longest a single node may be.</summary>
    public static readonly TimeSpan OfANode = TimeSpan.FromSeconds(20);

    public static TimeSpan Of(string text)
    {
        var chinese = Chinese().Count(text);
        var rest = Chinese().Replace(text, " ");
        var words = Word().Matches(rest).Sum(word => word.Value.All(char.IsAsciiDigit) && word.Length > 2 ? word.Length / 2.0 : 1);
        return TimeSpan.FromSeconds((chinese / CharactersASecond) + (words / WordsASecond));
    }

    [GeneratedRegex(@"[\u4E00-\u9FFF]")]
    private static partial Regex Chinese();

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}'’\-]*")]
    private static partial Regex Word();
}
