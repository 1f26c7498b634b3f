using Callback.CallScripts;
using Callback.Telephony;

namespace Callback.Practice;

/// <summary>A customer in a talk: a pure function of character, seed, script and where the talk is, so that a call can be had again word for word.</summary>
public sealed record CustomerReplies(CustomerCharacter Character, int Seed, CallScript Script, ScriptValues Values)
{
    public string Opening => Pick("opening", Character.Opening);

    /// <param name="node">The step on screen.</param>
    /// <param name="path">The talk so far: it says which answers the question offers.</param>
    /// <param name="asides">The side steps that were opened.</param>
    /// <returns>Null: the customer does not hear this step (facts for the agent, something to do, the end).</returns>
    public CustomerReply? At(ScriptNode node, ScriptPath path, IReadOnlyCollection<string> asides)
    {
        if (node.Kind is not (NodeKind.Say or NodeKind.Ask))
            return null;
        var offered = node.Answers.Where(answer => answer.Condition.Holds(Values, path.Answers)).Select(answer => answer.Id).ToList();
        var rule = Character.Replies.FirstOrDefault(rule => Fits(rule, node, offered, asides));
        if (rule is not null)
            return new(Pick(node.Id + (rule.Aside ?? ""), rule.Says), rule.Mood ?? Character.Mood, rule.Aside is null ? Meant(rule, node, offered) : null, rule.Aside);
        if (offered.Count == 0)
            return new(Pick(node.Id, Character.Listening), Character.Mood, null, null);
        var branch = Character.Answers.FirstOrDefault(offered.Contains) ?? Throw(node.Id, offered);
        var label = node.Answers.First(answer => answer.Id == branch).Label;
        return new(Pick(node.Id, Character.Otherwise).Replace("{answer}", label, StringComparison.Ordinal), Character.Mood, branch, null);
    }

    private bool Fits(ReplyRule rule, ScriptNode node, List<string> offered, IReadOnlyCollection<string> asides) =>
        rule.Nodes.Any(pattern => pattern.IsMatch(node.Id))
        && (rule.Purposes.Count == 0 || rule.Purposes.Contains(Script.Purpose))
        && (rule.Aside is null || (Script.Asides.Contains(rule.Aside) && !asides.Contains(rule.Aside)))
        && (rule.Aside is not null || offered.Count == 0 || rule.Answers.Any(offered.Contains));

    private string? Meant(ReplyRule rule, ScriptNode node, List<string> offered)
    {
        var fitting = rule.Answers.Where(offered.Contains).ToList();
        return fitting.Count == 0 ? null : rule.AnyOf ? Throw(node.Id, fitting) : fitting[0];
    }

    private string Pick(string word, Sayings sayings) => Throw("says " + word, sayings.In(Script.Language));

    private string Throw(string word, IReadOnlyList<string> among) => among[PracticeDice.For(Seed, word).Next(among.Count)];
}
