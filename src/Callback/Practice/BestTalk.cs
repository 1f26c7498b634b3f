using Callback.CallScripts;

namespace Callback.Practice;

/// <summary>One thing the customer made the agent decide.</summary>
/// <param name="Wanted">A branch of the question, or what was to be opened from the side panel.</param>
public sealed record Decision(string Node, string Wanted, bool IsAside);

/// <param name="Steps">Ids of the steps, in their order.</param>
/// <param name="Outcome">What it ends with; null: the script proposes none.</param>
public sealed record BestTalk(IReadOnlyList<string> Steps, IReadOnlyList<Decision> Decisions, string? Outcome)
{
    private const int MostSteps = 200;

    /// <summary>The talk as it goes when every reply of the customer is understood. Pure.</summary>
    public static BestTalk Of(CustomerReplies customer)
    {
        if (customer.Character.EndsWith is { } outcome)
            return new([], [], outcome);
        var (script, values) = (customer.Script, customer.Values);
        var (draft, decisions, steps) = (CallDraft.Empty, new List<Decision>(), new List<string>());
        for (var count = 0; count < MostSteps; count++)
        {
            var path = ScriptPath.Of(script, values, draft);
            // Where a side step ends is no step of the talk: it only leads back.
            if (!steps.Contains(path.Current.Id) && !path.Current.Returns)
                steps.Add(path.Current.Id);
            if (path.IsOver)
                return new(steps, decisions, path.Proposed.Outcome);
            var reply = customer.At(path.Current, path, draft.Asides);
            var then = Step(script, values, draft, path, reply, decisions);
            if (then == draft)
                return new(steps, decisions, path.Proposed.Outcome);
            draft = then;
        }
        throw new InvalidOperationException($"The talk of '{customer.Character.Id}' in '{script.Name}' does not come to an end.");
    }

    private static CallDraft Step(CallScript script, ScriptValues values, CallDraft draft, ScriptPath path, CustomerReply? reply, List<Decision> decisions)
    {
        var node = path.Current;
        if (reply is { Aside: { } aside })
        {
            decisions.Add(new(node.Id, aside, IsAside: true));
            return ScriptMove.Go(script, values, draft, $"aside:{aside}");
        }
        if (node.Kind == NodeKind.Ask && reply is { Branch: { } branch })
        {
            decisions.Add(new(node.Id, branch, IsAside: false));
            if (!node.Several)
                return ScriptMove.Go(script, values, Typed(draft, node), $"choose:{branch}");
            draft = draft with { Answers = new Dictionary<string, NodeAnswer>(draft.Answers) { [node.Id] = new NodeAnswer([branch]) } };
        }
        return ScriptMove.Go(script, values, Typed(draft, node), "next");
    }

    /// <summary>A question that must be answered in words is.</summary>
    private static CallDraft Typed(CallDraft draft, ScriptNode node)
    {
        if (node.FreeText != Need.Required)
            return draft;
        var chosen = draft.Answers.GetValueOrDefault(node.Id)?.Chosen ?? [];
        return draft with { Answers = new Dictionary<string, NodeAnswer>(draft.Answers) { [node.Id] = new NodeAnswer(chosen, "…") } };
    }
}
