using Callback.CallScripts;

namespace Callback.Tests.CallScripts;

/// <summary>What a way through a script comes to.</summary>
/// <param name="End">The node it ends at.</param>
/// <param name="Firm">The last outcome proposed for certain.</param>
/// <param name="Otherwise">The first outcome proposed for want of another.</param>
internal sealed record PathEnd(string? End, string? Firm = null, string? Otherwise = null, bool Reasons = false, bool Promises = false, bool DoNotCall = false)
{
    public string? Outcome => Firm ?? Otherwise;

    public PathEnd Then(PathEnd rest) => new(
        rest.End, rest.Firm ?? Firm, Otherwise ?? rest.Otherwise, Reasons || rest.Reasons, Promises || rest.Promises, DoNotCall || rest.DoNotCall);

    public static PathEnd Of(Proposal proposal) => new(
        null, proposal.Otherwise ? null : proposal.Outcome, proposal.Otherwise ? proposal.Outcome : null, proposal.Reasons.Count > 0);

    public static PathEnd Of(ScriptNode node) => Of(node.Proposes) with
    {
        Promises = node.Action is ScriptAction.PromiseCallBack,
        DoNotCall = node.Action is ScriptAction.PutOnDoNotCall,
    };
}

/// <summary>
/// Every way through a script for one order, with one answer at each question: each node is worked out once, so that millions of paths cost no more than
/// the nodes they share. Goes by the script alone, not by the engine that leads a talk. Conditions on earlier answers are taken as they may come.
/// </summary>
internal sealed class EveryPath(CallScript script, ScriptValues values)
{
    private readonly Dictionary<(string, string?), (IReadOnlySet<PathEnd> Ends, long Count)> known = [];

    public IReadOnlySet<PathEnd> Ends => From(script.Start, null).Ends;

    public long Count => From(script.Start, null).Count;

    /// <summary>Every node a talk about this order can come to, the side panel's included.</summary>
    public IEnumerable<ScriptNode> Nodes
    {
        get
        {
            foreach (var start in script.Asides.Prepend(script.Start))
                _ = From(start, null);
            return known.Keys.Select(key => key.Item1).Distinct().Select(id => script[id]);
        }
    }

    private (IReadOnlySet<PathEnd> Ends, long Count) From(string id, string? stop)
    {
        if (id == stop)
            return (new HashSet<PathEnd> { new(null) }, 1);
        if (known.TryGetValue((id, stop), out var found))
            return found;
        var node = script[id];
        var ways = Ways(node, stop).ToList();
        var here = PathEnd.Of(node);
        return known[(id, stop)] = node.Kind == NodeKind.End
            ? (new HashSet<PathEnd> { here with { End = id } }, 1)
            : (ways.SelectMany(way => way.Ends).Select(here.Then).ToHashSet(), ways.Sum(way => way.Count));
    }

    private IEnumerable<(IEnumerable<PathEnd> Ends, long Count)> Ways(ScriptNode node, string? stop)
    {
        var next = NextOf(node);
        var answers = node.Answers.Where(answer => MayHold(answer.Condition)).ToList();
        if (answers.Count == 0 || !node.Required)
        {
            foreach (var way in next.Select(to => From(to, stop)))
                yield return (way.Ends, way.Count);
        }
        foreach (var answer in answers)
        {
            var said = PathEnd.Of(answer.Proposes);
            foreach (var to in node.Several ? next : [answer.Next!])
            {
                var rest = From(to, stop);
                var own = From(node.Several ? answer.Next ?? to : to, to);
                yield return (own.Ends.SelectMany(end => rest.Ends.Select(end.Then)).Select(said.Then), own.Count * rest.Count);
            }
        }
    }

    /// <summary>The ways that may be taken: up to the first that holds for certain.</summary>
    private List<string> NextOf(ScriptNode node)
    {
        var open = node.Next.Where(way => MayHold(way.Condition)).ToList();
        var sure = open.FindIndex(way => !way.Condition.Terms.Any(term => term is ConditionTerm.Answered));
        return [.. open.Take(sure + 1).Select(way => way.To)];
    }

    /// <summary>An order's facts are known; what was answered before may be either.</summary>
    private bool MayHold(Condition condition) => condition.Terms.All(term => term is ConditionTerm.Answered || term.Holds(values, new Dictionary<string, NodeAnswer>()));
}
