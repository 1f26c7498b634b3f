namespace Callback.Telephony;

/// <summary>SplitMix64: the same numbers on every machine and runtime, which System.Random does not promise.</summary>
internal sealed class PracticeDice(ulong state)
{
    /// <summary>Dice of their own for every word: what is thrown for one thing does not move what is thrown for another.</summary>
    public static PracticeDice For(int seed, string word)
    {
        // FNV-1a
        var hash = 0xCBF29CE484222325ul;
        foreach (var letter in word)
            hash = (hash ^ letter) * 0x100000001B3;
        return new(hash ^ ((ulong)seed * 0x9E3779B97F4A7C15));
    }

    public int Next(int below)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)((z ^ (z >> 31)) % (ulong)below);
    }
}
