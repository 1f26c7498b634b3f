namespace Callback.CallScripts.Reading;

/// <summary>Whether every way of a script leads somewhere and comes to an end.</summary>
internal sealed class ScriptGraph(ReadScript read, Findings findings)
{
    private readonly CallScript script = read.Script;

    /// <returns>True when the ways are sound, so that paths may be walked and timed.</returns>
    public bool Check() => TargetsExist() && NothingUnreachable() & NoLoop() && WaysComeTogether();

    private bool TargetsExist()
    {
        var nowhere = read.Edges.Where(edge => !script.Nodes.ContainsKey(edge.To)).ToList();
        foreach (var edge in nowhere)
            Error(edge.Place, $"'{edge.From}' leads to '{edge.To}', which is no node.{ConfigSource.DidYouMean(edge.To, script.Nodes.Keys)}");
        return nowhere.Count == 0 && script.Nodes.ContainsKey(script.Start);
    }

    private bool NothingUnreachable()
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>(script.Asides.Append(script.Start));
        while (open.TryPop(out var id))
        {
            if (reached.Add(id))
                Targets(script[id]).ToList().ForEach(open.Push);
        }
        var lost = script.Nodes.Keys.Except(reached).Order(StringComparer.Ordinal).ToList();
        foreach (var id in lost)
            Error(read.Places[id], $"No way leads to '{id}': let another node lead here, mark it 'aside: true', or take it out.");
        return lost.Count == 0;
    }

    /// <summary>An answer is kept once per node, so a way that comes back to a node would go round for ever.</summary>
    private bool NoLoop()
    {
        var done = new HashSet<string>();
        var loops = script.Asides.Prepend(script.Start).Select(start => LoopFrom(start, [], done)).OfType<IReadOnlyList<string>>().ToList();
        foreach (var loop in loops)
        {
            var closing = read.Edges.First(edge => edge.From == loop[^2] && edge.To == loop[^1]);
            Error(closing.Place, $"These ways go round without an end: {string.Join(" → ", loop)}.");
        }
        return loops.Count == 0;
    }

    private List<string>? LoopFrom(string id, List<string> way, HashSet<string> done)
    {
        if (way.IndexOf(id) is var start and >= 0)
            return [.. way[start..], id];
        if (done.Contains(id))
            return null;
        way.Add(id);
        var loop = Targets(script[id]).Select(target => LoopFrom(target, way, done)).FirstOrDefault(found => found is not null);
        way.RemoveAt(way.Count - 1);
        done.Add(id);
        return loop;
    }

    /// <summary>Of a question with several answers, each answer's way must come to the question's own next; else a second answer would never be spoken of.</summary>
    private bool WaysComeTogether()
    {
        var sound = true;
        foreach (var node in script.Nodes.Values.Where(node => node.Several && node.Next.Count == 1))
        {
            var meets = new Dictionary<string, bool>();
            foreach (var answer in node.Answers.Where(answer => answer.Next is not null && !AlwaysMeets(answer.Next, node.Next[0].To, meets)))
            {
                var edge = read.Edges.First(edge => edge.From == node.Id && edge.To == answer.Next);
                Error(edge.Place, $"The way of '{answer.Id}' must lead to '{node.Next[0].To}' in every case, because '{node.Id}' allows several answers.");
                sound = false;
            }
        }
        return sound;
    }

    /// <param name="known">What was found out of other nodes: ways that part and meet again are walked once.</param>
    private bool AlwaysMeets(string from, string meeting, Dictionary<string, bool> known)
    {
        if (from == meeting)
            return true;
        if (!known.TryGetValue(from, out var meets))
            known[from] = meets = Targets(script[from]).ToList() is { Count: > 0 } targets && targets.TrueForAll(target => AlwaysMeets(target, meeting, known));
        return meets;
    }

    private static IEnumerable<string> Targets(ScriptNode node) =>
        node.Answers.Select(answer => answer.Next).OfType<string>().Concat(node.Next.Select(way => way.To)).Distinct();

    private void Error(Place place, string message) => findings.Error(place.File, place.At, message);
}
