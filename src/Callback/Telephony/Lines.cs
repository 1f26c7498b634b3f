using System.Collections.Frozen;

namespace Callback.Telephony;

/// <summary>The lines of this installation by name.</summary>
public sealed class Lines(IEnumerable<ILine> lines)
{
    private readonly FrozenDictionary<string, ILine> byName = lines.ToFrozenDictionary(line => line.Name);

    public IReadOnlyCollection<ILine> All => byName.Values;

    /// <summary>The line that calls customers to agents' phones; null: none is configured.</summary>
    public IBridgeLine? Bridge => byName.Values.OfType<IBridgeLine>().FirstOrDefault();

    public ILine? Find(string name) => byName.GetValueOrDefault(name);

    /// <exception cref="InvalidOperationException">A campaign names a line this program does not have.</exception>
    public ILine this[string name] =>
        byName.TryGetValue(name, out var line) ? line : throw new InvalidOperationException($"There is no line '{name}': there are {string.Join(", ", byName.Keys.Order())}.");
}
