namespace Callback.Wording;

/// <summary>
/// A script's text with placeholders: what is spoken stays where it is, tags become characters of no weight, so that positions hold. Knows where a fact is
/// proven: inside <c>{{#if stockLeft}}</c> up to its <c>{{else}}</c>, and in a sentence that names the value.
/// </summary>
internal sealed class TemplateText
{
    private const char Weightless = '\u200b';

    private readonly char[] spoken;
    private readonly List<(int Start, int End, ProvenFacts Fact)> proven = [];
    private readonly List<(int At, ProvenFacts Fact)> values = [];
    private readonly Stack<(int Start, ProvenFacts Fact)> open = [];

    private TemplateText(string template)
    {
        spoken = template.ToCharArray();
        for (var at = template.IndexOf("{{", StringComparison.Ordinal); at >= 0; at = template.IndexOf("{{", at, StringComparison.Ordinal))
        {
            var end = template.IndexOf("}}", at, StringComparison.Ordinal);
            if (end < 0)
                break;
            Take(template[(at + 2)..end].Trim(), at, end + 2);
            at = end + 2;
        }
        Spoken = new string(spoken);
    }

    public string Spoken { get; }

    public static TemplateText Of(string template) => new(template);

    /// <summary>The facts that hold at a finding whose sentence has these bounds.</summary>
    public ProvenFacts At(int position, int sentenceStart, int sentenceEnd) =>
        proven.Where(range => range.Start <= position && position < range.End).Select(range => range.Fact)
            .Concat(values.Where(value => sentenceStart <= value.At && value.At < sentenceEnd).Select(value => value.Fact))
            .Aggregate(ProvenFacts.None, (all, fact) => all | fact);

    private void Take(string tag, int start, int end)
    {
        var words = tag.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var quote = tag.StartsWith("or ", StringComparison.Ordinal) ? Array.IndexOf(spoken, '"', start, end - start) : -1;
        for (var i = start; i < end; i++)
            if (quote < 0 || i <= quote || spoken[i] is '"' or '}')
                spoken[i] = Weightless;
        if (words.Length == 0)
            return;
        switch (words[0])
        {
            case "#if":
                open.Push((end, words.Length > 1 ? FactOf(words[1]) : ProvenFacts.None));
                break;
            case "else":
                Close(start);
                open.Push((end, ProvenFacts.None));
                break;
            case "/if":
                Close(start);
                break;
            case "or":
                break;
            default:
                spoken[start] = WordingText.Value;
                values.Add((start, FactOf(words[0])));
                break;
        }
    }

    private void Close(int end)
    {
        if (open.TryPop(out var range) && range.Fact != ProvenFacts.None)
            proven.Add((range.Start, end, range.Fact));
    }

    private static ProvenFacts FactOf(string name) => name switch
    {
        "stockLeft" or "stock" => ProvenFacts.Stock,
        "offerEnds" or "offerDays" => ProvenFacts.OfferEnd,
        _ => ProvenFacts.None,
    };
}
