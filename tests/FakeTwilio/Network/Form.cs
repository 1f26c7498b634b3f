namespace TwilioFake.Network;

/// <summary>Parameters of a request in their order; keys may repeat.</summary>
internal sealed class Form(IEnumerable<KeyValuePair<string, string>> pairs)
{
    public IReadOnlyList<KeyValuePair<string, string>> Pairs { get; } = [.. pairs];

    public string? this[string key] => Pairs.Where(pair => pair.Key == key).Select(pair => pair.Value).FirstOrDefault(value => value.Length > 0);

    public bool Has(string key) => Pairs.Any(pair => pair.Key == key);

    public IReadOnlyList<string> All(string key) => [.. Pairs.Where(pair => pair.Key == key).SelectMany(pair => pair.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    public bool Flag(string key, bool otherwise = false) => this[key] is { } value ? value.Equals("true", StringComparison.OrdinalIgnoreCase) : otherwise;

    public int? Number(string key) => int.TryParse(this[key], out var number) ? number : null;
}
