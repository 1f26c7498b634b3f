namespace Callback.CallScripts;

/// <summary>
/// Where a talk is and what it says so far, worked out from the script, the values and the answers, never stored: the same draft gives the same path on
/// every node. A node is visited once; of a several-choice question each chosen answer's way is gone before the question's own next.
/// </summary>
/// <param name="Steps">Main path in order, up to where the talk has come.</param>
/// <param name="AsideSteps">Steps of the side nodes that were opened.</param>
/// <param name="Current">The node on screen.</param>
/// <param name="Next">Where the talk goes from <paramref name="Current"/>; null: it waits for an answer, or is over. A question that may go without an answer has one.</param>
/// <param name="ReturnsTo">The node the open aside goes back to; null: not in an aside.</param>
/// <param name="IsOver">The current node ends the talk.</param>
/// <param name="GreetingPassed">The node that ends the greeting was reached.</param>
/// <param name="Proposed">Outcome and reason codes the path proposes, for the agent to confirm.</param>
/// <param name="Actions">What the Do nodes on the path propose.</param>
/// <param name="Answers">Answers on the path, by node id; those of branches that were left are not in it.</param>
/// <param name="Records">Fields of the call-back record, in the script's language.</param>
public sealed record ScriptPath(
    IReadOnlyList<ScriptNode> Steps,
    IReadOnlyList<ScriptNode> AsideSteps,
    ScriptNode Current,
    string? Next,
    string? ReturnsTo,
    bool IsOver,
    bool GreetingPassed,
    Proposal Proposed,
    IReadOnlyList<ScriptAction> Actions,
    IReadOnlyDictionary<string, NodeAnswer> Answers,
    IReadOnlyDictionary<RecordField, string> Records)
{
    /// <summary>Pure: reads nothing but its arguments. An answer the script does not have is passed over.</summary>
    public static ScriptPath Of(CallScript script, ScriptValues values, CallDraft draft) => new ScriptWalk(script, values, draft).Path();
}
