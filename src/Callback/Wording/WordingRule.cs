namespace Callback.Wording;

/// <summary>An entry with what finds it and what makes it harmless.</summary>
/// <param name="Expressions">By language.</param>
internal sealed record WordingRule(
    WordingEntry Entry, IReadOnlyDictionary<string, WordingExpression> Expressions, IReadOnlyList<WordingContext> Harmless);

/// <summary>Surroundings in which a wording is harmless: a negation before it, the customer's own words.</summary>
/// <param name="Before">Looks at the sentence up to the finding.</param>
/// <param name="After">Looks at the sentence from the finding's end.</param>
/// <param name="Inside">Looks at the whole sentence.</param>
internal sealed record WordingContext(string Id, WordingExpression? Before, WordingExpression? After, WordingExpression? Inside)
{
    public bool Holds(ReadOnlySpan<char> before, ReadOnlySpan<char> after, ReadOnlySpan<char> sentence) =>
        (Before is not null && Before.IsMatch(before.TrimEnd())) || (After is not null && After.IsMatch(after.TrimStart())) || (Inside is not null && Inside.IsMatch(sentence));
}
