using System.Text;

namespace Callback.Chaos.Ground;

/// <summary>Randomness by seed. Every actor throws dice of its own, so that its choices do not hang on who was first.</summary>
internal sealed class Dice(int seed)
{
    private readonly Lock gate = new();
    private readonly Random random = new(seed);

    /// <summary>Dice of the same run for somebody else.</summary>
    public Dice For(string name)
    {
        var mixed = Encoding.UTF8.GetBytes(name).Aggregate(seed * 16777619, (hash, letter) => unchecked((hash ^ letter) * 16777619));
        return new(mixed);
    }

    public int Below(int end)
    {
        lock (gate)
            return random.Next(end);
    }

    public bool Chance(double probability)
    {
        lock (gate)
            return random.NextDouble() < probability;
    }

    public TimeSpan Between(TimeSpan least, TimeSpan most)
    {
        lock (gate)
            return least + (most - least) * random.NextDouble();
    }

    public T Of<T>(IReadOnlyList<T> things) => things[Below(things.Count)];
}
