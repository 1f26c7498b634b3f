using Callback.Wording;

namespace Callback.CallScripts;

/// <summary>A wording at fault in what a node says or asks.</summary>
public sealed record SpokenFinding(ScriptNode Node, WordingFinding Finding)
{
    public string Words => Finding.In(Node.Text.Source);
}

/// <summary>
/// Looks over everything a script says to the customer: the texts of <see cref="NodeKind.Say"/> and <see cref="NodeKind.Ask"/>. Notes for the agent are left
/// alone, because <see cref="ScriptNode.Never"/> quotes bad wording on purpose.
/// </summary>
public static class SpokenWording
{
    public static IReadOnlyList<SpokenFinding> Of(CallScript script, WordingGuard guard) =>
    [
        .. from node in script.Nodes.Values.OrderBy(node => node.Id, StringComparer.Ordinal)
           where node.Kind is NodeKind.Say or NodeKind.Ask
           from finding in guard.CheckTemplate(node.Text.Source, script.Language, Proven(script, node.Id))
           select new SpokenFinding(node, finding),
    ];

    /// <summary>What must be known for the talk to come to this node: every way to it asks for it.</summary>
    private static ProvenFacts Proven(CallScript script, string id)
    {
        if (id == script.Start || script.Asides.Contains(id))
            return ProvenFacts.None;
        var ways = script.Nodes.Values.SelectMany(node => node.Next).Where(way => way.To == id).Select(way => way.Condition)
            .Concat(script.Nodes.Values.SelectMany(node => node.Answers).Where(answer => answer.Next == id).Select(answer => answer.Condition))
            .Select(condition => condition.Terms.Aggregate(ProvenFacts.None, (all, term) => all | Proven(term)))
            .ToList();
        return ways.Count == 0 ? ProvenFacts.None : ways.Aggregate((all, way) => all & way);
    }

    private static ProvenFacts Proven(ConditionTerm term) => term switch
    {
        ConditionTerm.Has { Negated: false } has => FactOf(has.Name),
        ConditionTerm.Compare compare => FactOf(compare.Name),
        _ => ProvenFacts.None,
    };

    private static ProvenFacts FactOf(string name) => name switch
    {
        "stockLeft" or "stock" => ProvenFacts.Stock,
        "offerEnds" or "offerDays" => ProvenFacts.OfferEnd,
        _ => ProvenFacts.None,
    };
}
