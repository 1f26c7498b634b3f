using Callback.CallScripts;
using Callback.Wording;

namespace Callback.Practice;

/// <summary>What a practice call came to, measured against what the customer meant.</summary>
/// <param name="Steps">The path that was taken, with what the customer said to each step.</param>
/// <param name="Better">Steps of the best talk that were not gone, in their order; empty: none was missed.</param>
/// <param name="ExpectedOutcome">What the best talk ends with; null: the script leaves it open.</param>
/// <param name="Limit">Talk time up to which all points are given.</param>
/// <param name="Missed">Checklist items that were neither ticked nor done by the program.</param>
/// <param name="Wording">Bad wording in what was typed.</param>
public sealed record CallReview(
    IReadOnlyList<ReviewStep> Steps,
    IReadOnlyList<string> Better,
    string? Outcome,
    string? ExpectedOutcome,
    TimeSpan TalkTime,
    TimeSpan Limit,
    IReadOnlyList<ChecklistItem> Missed,
    IReadOnlyList<FoundWording> Wording,
    ReviewPoints Points)
{
    public bool OutcomeFits => ExpectedOutcome is null || Outcome == ExpectedOutcome;
}

/// <param name="Said">The customer's reply; null: the customer does not hear this step.</param>
/// <param name="Chosen">Labels of what the agent chose; null: nothing was to choose.</param>
/// <param name="Meant">What the customer meant: the label of a branch, or the title of a step of the side panel.</param>
/// <param name="Fits">Null: nothing was to decide here.</param>
public sealed record ReviewStep(string Node, string Title, string? Said, string? Chosen, string? Meant, bool? Fits);

/// <summary>Points by part; together at most 100.</summary>
public sealed record ReviewPoints(int Choices, int Outcome, int Checklist, int Wording, int Time)
{
    public int Total => Choices + Outcome + Checklist + Wording + Time;
}

/// <summary>What a review is worked out from.</summary>
/// <param name="Draft">As it was saved with the result.</param>
/// <param name="Answered">The customer came to the phone.</param>
/// <param name="UnansweredOutcome">What the line says of a call nobody answered.</param>
/// <param name="Checklist">As it stood when the result was saved.</param>
internal sealed record ReviewFacts(
    CustomerReplies Customer, CallDraft Draft, bool Answered, string? UnansweredOutcome, TimeSpan TalkTime, IReadOnlyList<ChecklistEntry> Checklist, IReadOnlyList<FoundWording> Wording);
