namespace Callback.CallScripts;

/// <summary>The steps an agent takes through a script, each from a draft to a draft. Pure; a step the script does not allow changes nothing.</summary>
public static class ScriptMove
{
    private const string ToPrefix = "to:";
    private const string AsidePrefix = "aside:";
    private const string ChoosePrefix = "choose:";

    /// <param name="go"><c>next</c>, <c>choose:{branch}</c> (answers the question on screen and goes on), <c>back</c>, <c>to:{node}</c> (a node already passed), <c>aside:{node}</c> or <c>return</c>.</param>
    public static CallDraft Go(CallScript script, ScriptValues values, CallDraft draft, string go)
    {
        var path = ScriptPath.Of(script, values, draft);
        return go switch
        {
            "next" => Next(script, values, path, draft),
            "back" => Back(path, draft),
            "return" => Return(path, draft),
            _ when go.StartsWith(ChoosePrefix, StringComparison.Ordinal) => Choose(script, values, path, draft, go[ChoosePrefix.Length..]),
            _ when go.StartsWith(ToPrefix, StringComparison.Ordinal) => To(path, draft, go[ToPrefix.Length..]),
            _ when go.StartsWith(AsidePrefix, StringComparison.Ordinal) => Aside(script, path, draft, go[AsidePrefix.Length..]),
            _ => draft,
        };
    }

    /// <summary>A question that may go without an answer is left so, which is noted as an empty answer; one that must be answered keeps the talk.</summary>
    private static CallDraft Next(CallScript script, ScriptValues values, ScriptPath path, CallDraft draft)
    {
        if (path.Current is { Kind: NodeKind.End, Returns: true })
            return Return(path, draft);
        if (path.Next is null)
            return draft;
        if (path.Current.Kind == NodeKind.Ask && !path.Answers.ContainsKey(path.Current.Id))
        {
            draft = draft with { Answers = new Dictionary<string, NodeAnswer>(draft.Answers) { [path.Current.Id] = new NodeAnswer([]) } };
            path = ScriptPath.Of(script, values, draft);
        }
        return draft with { CurrentNode = path.Next };
    }

    private static CallDraft Choose(CallScript script, ScriptValues values, ScriptPath path, CallDraft draft, string branch)
    {
        if (path.Current.Answers.All(answer => answer.Id != branch))
            return draft;
        var typed = draft.Answers.GetValueOrDefault(path.Current.Id)?.Text;
        draft = draft with { Answers = new Dictionary<string, NodeAnswer>(draft.Answers) { [path.Current.Id] = new NodeAnswer([branch], typed) } };
        path = ScriptPath.Of(script, values, draft);
        return path.Next is null ? draft : draft with { CurrentNode = path.Next };
    }

    private static CallDraft Back(ScriptPath path, CallDraft draft)
    {
        var steps = path.Steps.Contains(path.Current) ? path.Steps : path.AsideSteps;
        var index = steps.Select(node => node.Id).ToList().IndexOf(path.Current.Id);
        return index > 0 ? draft with { CurrentNode = steps[index - 1].Id } : Return(path, draft);
    }

    private static CallDraft To(ScriptPath path, CallDraft draft, string id)
    {
        if (path.Steps.Any(node => node.Id == id))
            return draft with { CurrentNode = id, ReturnStack = [] };
        return path.AsideSteps.Any(node => node.Id == id) ? draft with { CurrentNode = id } : draft;
    }

    private static CallDraft Aside(CallScript script, ScriptPath path, CallDraft draft, string id)
    {
        if (!script.Asides.Contains(id) || path.Current.Id == id)
            return draft;
        return draft with
        {
            CurrentNode = id,
            ReturnStack = [.. draft.ReturnStack.Where(node => node != path.Current.Id), path.Current.Id],
            Asides = [.. draft.Asides.Where(node => node != id), id],
        };
    }

    private static CallDraft Return(ScriptPath path, CallDraft draft)
    {
        if (path.ReturnsTo is not { } node)
            return draft;
        var index = draft.ReturnStack.ToList().LastIndexOf(node);
        return draft with { CurrentNode = node, ReturnStack = [.. draft.ReturnStack.Take(index)] };
    }
}
