namespace Callback.CallScripts;

/// <summary>The way of one draft through its script.</summary>
internal sealed class ScriptWalk(CallScript script, ScriptValues values, CallDraft draft)
{
    private readonly Dictionary<string, NodeAnswer> given = [];

    public ScriptPath Path()
    {
        List<List<ScriptNode>> trails = [Walk(script.Start), .. draft.Asides.Where(script.Asides.Contains).Select(Walk)];
        var main = Reached(trails[0]);
        var asides = trails.Skip(1).Select(Reached).ToList();
        var asideSteps = asides.SelectMany(steps => steps).DistinctBy(node => node.Id).ToList();
        var current = Current(main, asideSteps);
        var inAside = !main.Contains(current) && draft.ReturnStack.Count > 0;
        var visited = (List<ScriptNode>)[.. main, .. asideSteps.Except(main)];
        var outcomeOrder = main[^1].Kind == NodeKind.End && !inAside ? [.. asideSteps, .. main] : visited;
        return new ScriptPath(
            main,
            asideSteps,
            current,
            NextOf(current, inAside ? trails.Skip(1).Reverse() : trails),
            inAside ? draft.ReturnStack.LastOrDefault(script.Nodes.ContainsKey) : null,
            current is { Kind: NodeKind.End, Returns: false },
            visited.Exists(node => node.Id == script.GreetingEnds),
            Proposed(outcomeOrder),
            [.. visited.Select(node => node.Action).OfType<ScriptAction>().Distinct()],
            visited.Where(node => given.ContainsKey(node.Id)).ToDictionary(node => node.Id, node => given[node.Id]),
            Records(visited));
    }

    /// <summary>All the answers carry us to, from a node to the first question without an answer, or to an end.</summary>
    private List<ScriptNode> Walk(string from)
    {
        var steps = new List<ScriptNode>();
        var seen = new HashSet<string>();
        Follow(from, stop: null, steps, seen);
        return steps;
    }

    /// <returns>False where the talk waits or ends; true when <paramref name="stop"/> or a node visited before was met.</returns>
    private bool Follow(string? id, string? stop, List<ScriptNode> steps, HashSet<string> seen)
    {
        while (id is not null && id != stop && seen.Add(id))
        {
            var node = script[id];
            steps.Add(node);
            var chosen = Take(node);
            if (node.Kind == NodeKind.Ask && !given.ContainsKey(id) && (node.Required || !draft.Answers.ContainsKey(id)))
                return false;
            var next = WayOn(node);
            if (node.Several)
            {
                foreach (var branch in chosen)
                {
                    if (!Follow(branch.Next, next, steps, seen))
                        return false;
                }
            }
            else if (chosen.Count > 0)
            {
                next = chosen[0].Next ?? next;
            }
            if (next is null)
                return false;
            id = next;
        }
        return true;
    }

    /// <summary>The answers of the draft that the node really has and offers.</summary>
    private List<Branch> Take(ScriptNode node)
    {
        if (node.Kind != NodeKind.Ask || !draft.Answers.TryGetValue(node.Id, out var answer))
            return [];
        var offered = node.Answers.Where(branch => answer.Chosen.Contains(branch.Id) && branch.Condition.Holds(values, given)).ToList();
        var chosen = node.Several ? offered : [.. offered.Take(1)];
        var text = node.FreeText == Need.None || string.IsNullOrWhiteSpace(answer.Text) ? null : answer.Text.Trim();
        if (chosen.Count > 0 || text is not null)
            given[node.Id] = new NodeAnswer([.. chosen.Select(branch => branch.Id)], text);
        return chosen;
    }

    private string? WayOn(ScriptNode node) => node.Next.FirstOrDefault(way => way.Condition.Holds(values, given))?.To;

    /// <summary>The step after this one on its trail; at the trail's end, the way on from a question that may go without an answer.</summary>
    private string? NextOf(ScriptNode node, IEnumerable<List<ScriptNode>> trails)
    {
        var trail = trails.First(steps => steps.Contains(node));
        if (trail.IndexOf(node) is var index && index < trail.Count - 1)
            return trail[index + 1].Id;
        return node is { Kind: NodeKind.Ask, Required: false } && !given.ContainsKey(node.Id) ? WayOn(node) : null;
    }

    /// <summary>As far as the talk has come: to the node on screen or to the step after the last answer, whichever is further.</summary>
    private List<ScriptNode> Reached(List<ScriptNode> steps)
    {
        var current = steps.FindIndex(node => node.Id == draft.CurrentNode);
        var answered = steps.FindLastIndex(node => given.ContainsKey(node.Id));
        return steps[..Math.Min(steps.Count, Math.Max(current + 1, answered + 2))];
    }

    /// <summary>The first node where the draft names none; as far as the talk has come where the draft names one that is not on the path (any more).</summary>
    private ScriptNode Current(List<ScriptNode> main, List<ScriptNode> asides) =>
        draft.CurrentNode is null ? main[0] : main.Concat(asides).FirstOrDefault(node => node.Id == draft.CurrentNode) ?? main[^1];

    private Proposal Proposed(IReadOnlyList<ScriptNode> steps)
    {
        var proposals = steps.SelectMany(node => Chosen(node).Select(branch => branch.Proposes).Prepend(node.Proposes)).ToList();
        var named = proposals.Where(proposal => proposal.Outcome is not null).ToList();
        return new Proposal(
            (named.LastOrDefault(proposal => !proposal.Otherwise) ?? named.FirstOrDefault())?.Outcome,
            [.. proposals.SelectMany(proposal => proposal.Reasons).Distinct()]);
    }

    private IEnumerable<Branch> Chosen(ScriptNode node) =>
        given.TryGetValue(node.Id, out var answer) ? node.Answers.Where(branch => answer.Chosen.Contains(branch.Id)) : [];

    private Dictionary<RecordField, string> Records(IReadOnlyList<ScriptNode> steps)
    {
        var separator = script.Language == "en" ? "; " : "；";
        return steps.Where(node => node.Records is not null && given.ContainsKey(node.Id))
            .GroupBy(node => node.Records!.Value)
            .ToDictionary(group => group.Key, group => string.Join(separator, group.SelectMany(Recorded).Distinct()));
    }

    private IEnumerable<string> Recorded(ScriptNode node) =>
        Chosen(node).Select(branch => branch.Records ?? branch.Label).Concat(given[node.Id].Text is { } text ? [text] : Array.Empty<string>());
}
