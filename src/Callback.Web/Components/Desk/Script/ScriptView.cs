using Callback.CallScripts;

namespace Callback.Web.Components.Desk.Script;

/// <summary>A call script as it stands on one card.</summary>
/// <param name="Step">Where a step of the talk is posted, with the whole form of the card and the field <c>go</c>.</param>
public sealed record ScriptView(CallScript Script, ScriptValues Values, CallDraft Draft, ScriptPath Path, string Step)
{
    public ScriptNode Node => Path.Current;

    public string Text => Node.Text.Render(Values);

    /// <summary>The branches that this order and the answers so far leave.</summary>
    public IReadOnlyList<Branch> Answers => [.. Node.Answers.Where(answer => answer.Condition.Holds(Values, Path.Answers))];

    /// <summary>Questions whose answer is one click: it answers and goes on.</summary>
    public bool AnswersByButton => Node is { Kind: NodeKind.Ask, Several: false, Answers.Count: > 0 };

    public bool IsChosen(string node, string branch) => Draft.Answers.TryGetValue(node, out var answer) && answer.Chosen.Contains(branch);

    public string? TypedAt(string node) => Draft.Answers.GetValueOrDefault(node)?.Text;

    /// <summary>What was answered, for the path: the labels of the branches and what was typed.</summary>
    public string? AnswerAt(ScriptNode node)
    {
        if (!Path.Answers.TryGetValue(node.Id, out var answer))
            return null;
        var labels = node.Answers.Where(branch => answer.Chosen.Contains(branch.Id)).Select(branch => branch.Label);
        return string.Join(Script.Language == "en" ? ", " : "、", answer.Text is null ? labels : labels.Append(answer.Text));
    }

    /// <summary>Steps behind the one on screen, oldest first; of an aside, its own.</summary>
    public IReadOnlyList<ScriptNode> Passed => [.. Trail.TakeWhile(node => node.Id != Node.Id)];

    private IReadOnlyList<ScriptNode> Trail => Path.Steps.Contains(Node) ? Path.Steps : Path.AsideSteps;
}
