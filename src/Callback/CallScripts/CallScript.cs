using System.Collections.Frozen;

namespace Callback.CallScripts;

/// <summary>A versioned talk in one language, immutable. Both languages of a version have the same nodes, answers and ways.</summary>
/// <param name="Pack">The folder it came from, for example <c>standard</c>.</param>
/// <param name="Name">For example <c>payment-reminder</c>; with the pack and the version it names the script on a campaign and an attempt.</param>
/// <param name="Language">zh-CN or en.</param>
/// <param name="Start">Id of the first node.</param>
/// <param name="GreetingEnds">Id of the node that is reached once the greeting is done: it ticks <see cref="AutoTick.GreetingPassed"/>.</param>
/// <param name="TargetTime">How long the talk may take read aloud on its longest single path.</param>
/// <param name="Nodes">All nodes by id, those of the side panel included.</param>
/// <param name="Asides">Ids of the nodes that can be opened from anywhere, in the order of the panel.</param>
public sealed record CallScript(
    string Pack,
    string Name,
    int Version,
    string Language,
    Purpose Purpose,
    string Title,
    string Start,
    string GreetingEnds,
    TimeSpan TargetTime,
    FrozenDictionary<string, ScriptNode> Nodes,
    IReadOnlyList<string> Asides)
{
    public ScriptNode this[string id] => Nodes[id];
}

public enum NodeKind
{
    /// <summary>Text to be read out.</summary>
    Say,

    /// <summary>A question with answer branches.</summary>
    Ask,

    /// <summary>Facts for the agent, not to be read out.</summary>
    Tell,

    /// <summary>Something to do: open a task, offer a compensation, promise a call-back …</summary>
    Do,

    /// <summary>The talk is over (or, in an aside, the aside).</summary>
    End,
}

/// <summary>One step of the talk.</summary>
/// <param name="Title">Short, for the path and the side panel.</param>
/// <param name="Text">What is said, asked or told; empty where the node needs no words.</param>
/// <param name="Like">Notes how to say it.</param>
/// <param name="Never">What must not be said here.</param>
/// <param name="Answers">Branches of an ask node, in the order of the screen; empty for other kinds.</param>
/// <param name="Required">An ask node that cannot be passed without an answer.</param>
/// <param name="Several">More than one answer may be chosen; each leads its own way to <paramref name="Next"/>.</param>
/// <param name="FreeText">Whether something may or must be typed beside the answer.</param>
/// <param name="Records">The field of the call-back record that the answer fills.</param>
/// <param name="Next">Ways on, the first whose condition holds; the last has none. Empty for End, and for a single-choice Ask that must be answered.</param>
/// <param name="Action">What a Do node proposes.</param>
/// <param name="Proposes">What having come here says about the result.</param>
/// <param name="Returns">An End node of the side panel: the talk goes on where it was.</param>
public sealed record ScriptNode(
    string Id,
    NodeKind Kind,
    string Title,
    ScriptText Text,
    IReadOnlyList<string> Like,
    IReadOnlyList<string> Never,
    IReadOnlyList<Branch> Answers,
    bool Required,
    bool Several,
    Need FreeText,
    RecordField? Records,
    IReadOnlyList<Way> Next,
    ScriptAction? Action,
    Proposal Proposes,
    bool Returns);

/// <summary>An answer of an ask node.</summary>
/// <param name="Next">Where it leads; null in a several-choice node: straight to the node's own next.</param>
/// <param name="Condition">Shown only when it holds.</param>
/// <param name="Records">What it writes into the call-back record when that is not its label.</param>
public sealed record Branch(string Id, string Label, string? Next, Condition Condition, Proposal Proposes, string? Records);

/// <summary>A way on from a node that asks nothing.</summary>
public sealed record Way(string To, Condition Condition);

/// <summary>What a step says about the result; the agent confirms it. Of several outcomes on a path the last counts.</summary>
/// <param name="Otherwise">The outcome counts only if no other step proposed one; of several such, the first.</param>
public sealed record Proposal(string? Outcome, IReadOnlyList<string> Reasons, bool Otherwise = false)
{
    public static Proposal Nothing { get; } = new(null, []);
}

/// <summary>A field of the call-back record (电话回访记录表) that a question fills.</summary>
public enum RecordField
{
    Arrived,
    ProductSatisfaction,
    CourierSatisfaction,
    Suggestion,
    Problem,
    Promised,
    Compensation,
}

/// <summary>What a Do node proposes; the agent confirms it in the result.</summary>
public abstract record ScriptAction
{
    private ScriptAction()
    {
    }

    /// <param name="Kind">Code of a follow-up task kind.</param>
    public sealed record OpenTask(string Kind) : ScriptAction;

    /// <param name="Kind">Code of the follow-up task that hands it out.</param>
    public sealed record OfferCompensation(string Kind) : ScriptAction;

    public sealed record PromiseCallBack : ScriptAction;

    public sealed record PutOnDoNotCall : ScriptAction;

    /// <param name="Kind">Code of the follow-up task that reaches the supervisor.</param>
    public sealed record SendToSupervisor(string Kind) : ScriptAction;
}
