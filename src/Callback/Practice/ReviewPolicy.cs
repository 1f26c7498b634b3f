using Callback.CallScripts;

namespace Callback.Practice;

/// <summary>Works a review out; pure, so that a call can be looked at again at any time with the same result.</summary>
internal static class ReviewPolicy
{
    public const int MostChoices = 40;
    public const int MostOutcome = 20;
    public const int MostChecklist = 15;
    public const int MostWording = 15;
    public const int MostTime = 10;

    /// <summary>A call should take under five minutes, never over ten.</summary>
    private static readonly TimeSpan Should = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Never = TimeSpan.FromMinutes(10);

    public static CallReview Of(ReviewFacts facts)
    {
        var customer = facts.Customer;
        var path = ScriptPath.Of(customer.Script, customer.Values, facts.Draft);
        var best = facts.Answered ? BestTalk.Of(customer) : new([], [], facts.UnansweredOutcome);
        var steps = Steps(facts, path, best);
        var missed = facts.Checklist.Where(entry => !entry.Ticked && string.IsNullOrWhiteSpace(entry.Waiver)).ToList();
        var limit = Min(Should, 2 * customer.Script.TargetTime);
        var expected = best.Outcome;
        var points = new ReviewPoints(
            Choices(steps, best),
            expected is null || facts.Draft.Outcome == expected ? MostOutcome : 0,
            MostChecklist * (facts.Checklist.Count - missed.Count) / Math.Max(1, facts.Checklist.Count),
            facts.Wording.Any(finding => finding.Blocks) ? 0 : Math.Max(0, MostWording - (MostWording / 2 + 1) * facts.Wording.Count),
            facts.TalkTime <= limit ? MostTime : facts.TalkTime <= Never ? MostTime / 2 : 0);
        return new(
            steps, [.. best.Steps.Except(steps.Select(step => step.Node)).Select(node => customer.Script[node].Title)],
            facts.Draft.Outcome, expected, facts.TalkTime, limit, [.. missed.Select(entry => entry.Item)], facts.Wording, points);
    }

    private static IReadOnlyList<ReviewStep> Steps(ReviewFacts facts, ScriptPath path, BestTalk best)
    {
        // Nobody listens to a voicemail or an unanswered phone: only what was answered for the customer all the same is looked at.
        if (!facts.Answered || best.Steps.Count == 0)
            return [.. path.Steps.Where(node => path.Answers.ContainsKey(node.Id)).Select(node => new ReviewStep(node.Id, node.Title, null, Chosen(node, path), null, false))];
        return [.. path.Steps.SelectMany(node => Look(facts, path, node)), .. path.AsideSteps.Except(path.Steps).SelectMany(node => Look(facts, path, node))];
    }

    private static IEnumerable<ReviewStep> Look(ReviewFacts facts, ScriptPath path, ScriptNode node)
    {
        var (customer, draft) = (facts.Customer, facts.Draft);
        var first = customer.At(node, path, []);
        if (first is { Aside: { } aside })
            yield return new(node.Id, node.Title, first.Says, Opened(customer, draft, aside), customer.Script[aside].Title, draft.Asides.Contains(aside));
        var reply = first?.Aside is null ? first : customer.At(node, path, customer.Script.Asides);
        var meant = reply?.Branch is { } branch ? node.Answers.First(answer => answer.Id == branch) : null;
        // A question the talk stopped at, or left for the side panel for good, was not answered wrongly; it is missing from the way to the end.
        if (meant is null || (!path.Answers.ContainsKey(node.Id) && (node == path.Current || node == path.Steps[^1])))
            yield return new(node.Id, node.Title, reply?.Says, Chosen(node, path), null, null);
        else
            yield return new(node.Id, node.Title, reply!.Says, Chosen(node, path), meant.Label, path.Answers.TryGetValue(node.Id, out var answer) && answer.Chosen is [var only] && only == meant.Id);
    }

    private static string? Opened(CustomerReplies customer, CallDraft draft, string aside) => draft.Asides.Contains(aside) ? customer.Script[aside].Title : null;

    private static string? Chosen(ScriptNode node, ScriptPath path) =>
        path.Answers.TryGetValue(node.Id, out var answer) && answer.Chosen.Count > 0
            ? string.Join(" · ", node.Answers.Where(branch => answer.Chosen.Contains(branch.Id)).Select(branch => branch.Label))
            : null;

    /// <summary>Of what was to be decided on the longer of the two ways, the share that was understood.</summary>
    private static int Choices(IReadOnlyList<ReviewStep> steps, BestTalk best)
    {
        var decided = Math.Max(best.Decisions.Count, steps.Count(step => step.Fits is not null));
        return decided == 0 ? MostChoices : MostChoices * steps.Count(step => step.Fits == true) / decided;
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
