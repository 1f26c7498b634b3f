namespace Callback;

/// <summary>"Did you mean …": the allowed word that is closest to the one that was written.</summary>
public static class Nearest
{
    /// <summary>Null where nothing is close: more than a third of the letters, and at least two, would have to change.</summary>
    public static string? Of(string word, IEnumerable<string> allowed) => allowed
        .Select(candidate => (candidate, distance: Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
        .Where(pair => pair.distance <= Math.Max(2, pair.candidate.Length / 3) && pair.distance < pair.candidate.Length)
        .OrderBy(pair => pair.distance)
        .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
        .Select(pair => pair.candidate)
        .FirstOrDefault();

    /// <summary>The tail of a message: <c>; did you mean 'windows'? Allowed: a, b, c</c>.</summary>
    public static string Hint(string word, IReadOnlyCollection<string> allowed)
    {
        var suggestion = Of(word, allowed) is { } near ? $"; did you mean '{near}'?" : ".";
        return $"{suggestion} Allowed: {string.Join(", ", allowed)}";
    }

    /// <summary>Single letters inserted, left out, changed, or two neighbours swapped.</summary>
    private static int Distance(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            for (var j = 0; j <= b.Length; j++)
                table[i, j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Step(table, a, b, i, j),
                };
        return table[a.Length, b.Length];
    }

    private static int Step(int[,] table, string a, string b, int i, int j)
    {
        var change = table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        var best = Math.Min(change, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
        var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return swapped ? Math.Min(best, table[i - 2, j - 2] + 1) : best;
    }
}
