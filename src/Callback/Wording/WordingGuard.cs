using System.Text.RegularExpressions;

namespace Callback.Wording;

/// <summary>
/// Finds wording that must not reach a customer or stay in a note. Pure and safe for many threads; linear in the text's length. It warns, the caller decides:
/// it knows words, not what was meant.
/// </summary>
public sealed class WordingGuard
{
    private readonly IReadOnlyList<(WordingRule Rule, string Language, WordingExpression Expression)> searches;
    private readonly WordFinder words;

    internal WordingGuard(IReadOnlyList<WordingRule> rules)
    {
        Entries = [.. rules.Select(rule => rule.Entry)];
        searches = [.. rules.SelectMany(rule => rule.Expressions.Select(pair => (rule, pair.Key, pair.Value)))];
        words = new([.. searches.Select(search => search.Expression.Words)]);
    }

    public IReadOnlyList<WordingEntry> Entries { get; }

    /// <exception cref="WordingInvalidException">A file is wrong; all mistakes are in it.</exception>
    public static WordingGuard Load(string configFolder)
    {
        var findings = new List<ConfigFinding>();
        var rules = WordingReader.Read(configFolder, findings);
        return findings.Exists(finding => finding.Kind == ConfigFindingKind.Error) ? throw new WordingInvalidException(findings) : new(rules);
    }

    /// <summary>Checks a text as it is read by people.</summary>
    /// <param name="text">Of any length; a note has at most 4,000 characters.</param>
    /// <param name="language">zh-CN or en: only the expressions of that language; null: all, as people mix them.</param>
    /// <param name="proven">Facts that are known to hold, which make a talk of scarcity true.</param>
    /// <returns>By position; of findings of one kind that lie within each other the longest.</returns>
    public IReadOnlyList<WordingFinding> Check(string text, string? language = null, ProvenFacts proven = ProvenFacts.None) =>
        Check(WordingText.Of(text), language, (_, _, _) => proven);

    /// <summary>Checks what somebody typed in several places, each text by itself.</summary>
    /// <returns>In the order of the texts.</returns>
    public IReadOnlyList<FoundWording> CheckAll(IEnumerable<string> texts) => [.. texts.SelectMany(text => Check(text).Select(finding => new FoundWording(finding.In(text), finding)))];

    /// <summary>
    /// Checks a script's text with its placeholders. Scarcity is true where the text asks for the fact (<c>{{#if stockLeft}}</c>) or names it in the same
    /// sentence (<c>{{stockLeft}}</c>, <c>{{offerEnds}}</c>).
    /// </summary>
    /// <param name="template">The text as written; positions count in it.</param>
    /// <param name="language">As for <see cref="Check(string, string?, ProvenFacts)"/>.</param>
    /// <param name="proven">Facts without which the node is never reached.</param>
    public IReadOnlyList<WordingFinding> CheckTemplate(string template, string? language = null, ProvenFacts proven = ProvenFacts.None)
    {
        var known = TemplateText.Of(template);
        return Check(WordingText.Of(known.Spoken), language, (at, start, end) => proven | known.At(at, start, end));
    }

    private List<WordingFinding> Check(WordingText text, string? language, Func<int, int, int, ProvenFacts> proven)
    {
        var found = new List<WordingFinding>();
        if (text.Plain.Length == 0)
            return found;
        var possible = words.Find(text.Plain);
        for (var i = 0; i < searches.Count; i++)
            if (possible[i] && (language is null || Speaks(language, searches[i].Language)))
                Find(searches[i].Rule, searches[i].Expression, text, proven, found);
        found.RemoveAll(one => found.Exists(other => other != one && other.Kind == one.Kind && Covers(other, one, found)));
        return [.. found.OrderBy(finding => finding.Position).ThenBy(finding => finding.Entry.Id, StringComparer.Ordinal)];
    }

    private static void Find(WordingRule rule, WordingExpression expression, WordingText text, Func<int, int, int, ProvenFacts> proven, List<WordingFinding> found)
    {
        foreach (var match in expression.Regex.EnumerateMatches(text.Plain))
        {
            var (from, to) = text.Sentence(match.Index, match.Length);
            if (IsHarmless(rule, text.Plain, match, from, to))
                continue;
            var words = text.Plain.AsSpan(match.Index, match.Length);
            var (position, length) = text.Origin(match.Index + words.Length - words.TrimStart().Length, words.Trim().Length);
            var (start, all) = text.Origin(from, to - from);
            var proof = rule.Entry.Proof;
            if (proof == ProvenFacts.None || (proven(position, start, start + all) & proof) == ProvenFacts.None)
                found.Add(new(position, length, rule.Entry));
        }
    }

    private static bool IsHarmless(WordingRule rule, string plain, ValueMatch match, int from, int to)
    {
        foreach (var context in rule.Harmless)
            if (context.Holds(plain.AsSpan(from..match.Index), plain.AsSpan((match.Index + match.Length)..to), plain.AsSpan(from..to)))
                return true;
        return false;
    }

    /// <summary>Of two of the same stretch the one that was found first stays.</summary>
    private static bool Covers(WordingFinding outer, WordingFinding inner, List<WordingFinding> found) =>
        outer.Position <= inner.Position && inner.Position + inner.Length <= outer.Position + outer.Length
        && (outer.Length > inner.Length || found.IndexOf(outer) < found.IndexOf(inner));

    private static bool Speaks(string language, string expressions) =>
        language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == expressions.StartsWith("zh", StringComparison.Ordinal);
}

/// <summary>The list of wordings cannot be used as it is.</summary>
public sealed class WordingInvalidException(IReadOnlyList<ConfigFinding> findings)
    : Exception(string.Join(Environment.NewLine, findings.Select(finding => $"{finding.File}{(finding.Place is null ? "" : $", {finding.Place}")}: {finding.Message}")));
