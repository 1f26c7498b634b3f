using System.Collections.Frozen;
using System.Reflection;

namespace Callback.Accounts;

/// <summary>
/// The building stones of common passwords: words, names, keyboard rows, pinyin, runs of digits and years. Not a list of leaked passwords:
/// such lists hold mostly short ones, which the least length refuses already; long common passwords are these stones put together.
/// </summary>
internal static class CommonPasswords
{
    /// <summary>Words, folded.</summary>
    public static FrozenSet<string> Listed { get; } = Read().ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Runs along the alphabet, the digits and the keyboard, repeats and years.</summary>
    public static FrozenSet<string> Patterns { get; } = Runs().Concat(Years()).ToFrozenSet(StringComparer.Ordinal);

    private static string[] Read()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("Callback.Accounts.CommonPasswords.txt")!);
        return reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Pieces of 3 and more along the alphabet, the digits and the keyboard's rows, in both directions.</summary>
    private static IEnumerable<string> Runs()
    {
        string[] rows =
        [
            "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik", "qazwsxedcrfvtgbyhnujm",
        ];
        foreach (var row in rows.Concat(rows.Select(row => new string([.. row.Reverse()]))))
        {
            for (var length = 3; length <= row.Length; length++)
            {
                for (var at = 0; at + length <= row.Length; at++)
                    yield return row.Substring(at, length);
            }
        }
        foreach (var c in "abcdefghijklmnopqrstuvwxyz0123456789")
            yield return new string(c, 3);
    }

    private static IEnumerable<string> Years() => Enumerable.Range(1940, 110).Select(year => $"{year}");
}
