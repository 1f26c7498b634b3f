namespace Callback.Wording;

/// <summary>Finds in one pass which of many words occur in a text (Aho and Corasick, 1975); each word stands for the expressions that need it.</summary>
internal sealed class WordFinder
{
    private readonly List<Dictionary<char, int>> next = [[]];
    private readonly List<List<int>> needed = [[]];
    private readonly List<int> fallback = [0];
    private readonly int count;

    /// <param name="words">By expression; null: the expression needs no certain word and is always looked for.</param>
    public WordFinder(IReadOnlyList<IReadOnlySet<string>?> words)
    {
        count = words.Count;
        for (var expression = 0; expression < count; expression++)
            foreach (var word in words[expression] ?? (IEnumerable<string>)[""])
                needed[Place(word)].Add(expression);
        Link();
    }

    /// <summary>By expression: whether it may be found in the text.</summary>
    public bool[] Find(ReadOnlySpan<char> text)
    {
        var found = new bool[count];
        var seen = new bool[next.Count];
        Take(0, found, seen);
        var at = 0;
        foreach (var letter in text)
        {
            int on;
            while (!next[at].TryGetValue(letter, out on) && at != 0)
                at = fallback[at];
            at = on;
            for (var place = at; place != 0 && !seen[place]; place = fallback[place])
                Take(place, found, seen);
        }
        return found;
    }

    private void Take(int place, bool[] found, bool[] seen)
    {
        seen[place] = true;
        foreach (var expression in needed[place])
            found[expression] = true;
    }

    private int Place(string word)
    {
        var at = 0;
        foreach (var letter in word)
        {
            if (!next[at].TryGetValue(letter, out var on))
            {
                on = next.Count;
                next[at][letter] = on;
                next.Add([]);
                needed.Add([]);
                fallback.Add(0);
            }
            at = on;
        }
        return at;
    }

    /// <summary>From each place to the longest end of it that begins another word.</summary>
    private void Link()
    {
        var open = new Queue<int>(next[0].Values);
        while (open.TryDequeue(out var at))
            foreach (var (letter, on) in next[at])
            {
                var back = fallback[at];
                int end;
                while (!next[back].TryGetValue(letter, out end) && back != 0)
                    back = fallback[back];
                fallback[on] = end;
                open.Enqueue(on);
            }
    }
}
