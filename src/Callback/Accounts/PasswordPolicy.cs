using System.Text;

namespace Callback.Accounts;

/// <param name="UserName">A password may not be made of it.</param>
/// <param name="ShopWords">Names and codes of the shops, which an outsider knows.</param>
/// <param name="HasSecondFactor">Then 12 characters are enough.</param>
public sealed record PasswordSetting(string UserName, IReadOnlyList<string> ShopWords, bool HasSecondFactor);

/// <summary>
/// Which passwords are refused (NIST SP 800-63B-4, ASVS 6.2): too short, too long, or made of what everybody tries first. No rules of composition, no expiry, any character.
/// </summary>
public static class PasswordPolicy
{
    public const int ShortestWithSecondFactor = 12;
    public const int ShortestAlone = 15;
    public const int Longest = 128;

    // What a guesser does not try first must amount to this much: a letter outside known words counts 1, three other signs 1, a further common word 2.
    private const int LeastOwn = 5;

    /// <returns>Null when the password is good enough.</returns>
    public static Problem? ProblemOf(string password, PasswordSetting setting)
    {
        var length = password.EnumerateRunes().Count();
        var least = setting.HasSecondFactor ? ShortestWithSecondFactor : ShortestAlone;
        if (length < least)
            return Problem.Of("password-short", "password", ("least", $"{least}"));
        if (length > Longest)
            return Problem.Of("password-long", "password", ("most", $"{Longest}"));
        return IsCommon(password, [setting.UserName, .. setting.ShopWords]) ? Problem.Of("password-common", "password") : null;
    }

    /// <summary>
    /// True when little is left of it after common words, the given words, runs, repeats, keyboard rows and years are taken away. A phrase of four common words is left alone.
    /// </summary>
    internal static bool IsCommon(string password, IReadOnlyList<string> words)
    {
        var folded = Fold(password);
        if (folded.Distinct().Count() < LeastOwn || IsRepeated(folded))
            return true;
        var given = words.Select(Fold).Where(word => word.Length >= 3).ToHashSet(StringComparer.Ordinal);
        return new[] { folded, Unleet(folded), string.Concat(folded.Where(c => c != ' ')) }.Any(text => Own(text, given) < LeastOwn);
    }

    private static string Fold(string text) => text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    /// <summary>A short piece said again and again.</summary>
    private static bool IsRepeated(string text) =>
        Enumerable.Range(1, Math.Min(8, text.Length / 2)).Any(period => Enumerable.Range(period, text.Length - period).All(i => text[i] == text[i - period]));

    /// <summary>Letters written as the signs that look like them.</summary>
    private static string Unleet(string text) => string.Concat(text.Select(c => c switch
    {
        '@' or '4' => 'a',
        '3' => 'e',
        '1' or '!' => 'i',
        '0' => 'o',
        '$' or '5' => 's',
        '7' => 't',
        _ => c,
    }));

    private static int Own(string text, HashSet<string> given)
    {
        var (own, signs) = (0, 0);
        var common = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at < text.Length;)
        {
            var word = LongestAt(text, at, given);
            if (word is null)
                _ = char.IsLetter(text[at]) ? own++ : signs++;
            else if (word.Length > 3 && !given.Contains(word) && CommonPasswords.Listed.Contains(word))
                common.Add(word);
            at += word?.Length ?? 1;
        }
        return own + (signs / 3) + (2 * Math.Max(0, common.Count - 1));
    }

    private static string? LongestAt(string text, int at, HashSet<string> given)
    {
        for (var length = Math.Min(text.Length - at, 40); length >= 2; length--)
        {
            var piece = text.Substring(at, length);
            if (given.Contains(piece) || CommonPasswords.Listed.Contains(piece) || CommonPasswords.Patterns.Contains(piece))
                return piece;
        }
        return null;
    }
}
