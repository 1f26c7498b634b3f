using System.Text.Json;
using Callback.Auditing;
using Callback.Calls;
using Callback.CallScripts;
using Callback.Database;
using Callback.FollowUps.Owed;
using Callback.FollowUps.Registers;
using Callback.Planning;
using Callback.Telephony;
using Callback.Windows;
using Callback.Wording;

namespace Callback.FollowUps;

/// <param name="Why">A correction's reason; null for the agent's own saving.</param>
internal sealed record Submission(Actor Actor, Guid AttemptId, Guid SubmissionId, CallDraft Draft, string? Why);

/// <summary>
/// Saves a result with all that follows from it in one transaction: the revision, the log's row, the wrap-up's end, suppressions, grants, tasks, audit, outbox.
/// The person is locked first, because a do-not-call must come before or after a gate, never between its look and its commit.
/// </summary>
public sealed class ResultWriter(Db db, TimeProvider time, CampaignFactsReader campaigns, CallScriptBook book, ScriptFinder scripts, Lines lines, OwedReader promises, WordingGuard guard)
{
    internal async Task<RecordedResult> SaveAsync(Submission submission, Func<Attempt, bool> mayWrite, IReadOnlyList<ShopId> shops, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var session = await db.BeginByKeyAsync(submission.Actor.Scope, ct);
        await LockPersonAsync(session, shops, submission.AttemptId, ct);
        var attempt = await Attempt.LockAsync(session, shops, submission.AttemptId, ct);
        if (attempt is null || !mayWrite(attempt))
            throw OwnAttempt.Unknown(submission.AttemptId);
        if (await Submissions.FindAsync(session, attempt.ShopId, submission.SubmissionId, ct) is { } before)
            return before.AttemptId == attempt.AttemptId
                ? new(attempt.ShopId, attempt.AttemptId, before.Revision, before.At, Repeated: true)
                : throw new InvalidInputException(Problem.Of("submission-reused", "submissionId"));
        var revision = await Submissions.LastRevisionAsync(session, attempt, ct) + 1;
        if (submission.Why is not null && revision == 1)
            throw new InvalidInputException(Problem.Of("result-missing", "attemptId"));
        var card = await CardOfResult.ReadAsync(session, attempt, ct);
        var result = await CheckAsync(session, submission, attempt, card, now, ct);
        attempt = await EndAsync(session, attempt, result, now, ct);
        await WriteAsync(session, new(submission, attempt, card, result, revision, now), ct);
        CrashPoint.Reach("result.written");
        await session.CommitAsync();
        CrashPoint.Reach("result.committed");
        return new(attempt.ShopId, attempt.AttemptId, revision, now, Repeated: false);
    }

    private static async Task LockPersonAsync(Session session, IReadOnlyList<ShopId> shops, Guid attemptId, CancellationToken ct)
    {
        var keys = await session.QueryAsync<byte[]>(
            """
            select p.person_key
            from attempts a
            join attempt_persons p on p.shop_id = a.shop_id and p.gated_at = a.gated_at and p.attempt_id = a.attempt_id
            where a.shop_id = any(@shops) and a.attempt_id = @attemptId
            """,
            new { shops = shops.Select(shop => shop.Value).ToArray(), attemptId },
            ct);
        await PersonLocks.TakeAsync(session, keys, ct);
    }

    private async Task<SavedCard> CheckAsync(
        Session session, Submission submission, Attempt attempt, CardOfResult card, DateTimeOffset now, CancellationToken ct)
    {
        var campaign = await campaigns.FindAsync(session, attempt.ShopId, attempt.CampaignId, now, ct)
            ?? throw new InvalidOperationException("An attempt has its campaign: a foreign key says so.");
        var zone = new ZoneKey(attempt.ZoneKey);
        var language = book.SpokenLanguage(attempt.CallScript, attempt.ScriptVersion, card.Shop.Language);
        var talk = CardTalk.Facts(card.Shop, language, card.AgentName, card.Orders, campaign.Policy.Calendar, zone, attempt.GatedAt);
        var path = await scripts.FindAsync(session, attempt.ShopId, attempt.CallScript, attempt.ScriptVersion, language, ct) is { } script
            ? ScriptPath.Of(script, ScriptValues.Of(talk), submission.Draft)
            : null;
        var owed = await promises.ReadAsync(
            session, attempt.ShopId, attempt.CampaignId, [.. card.Orders.Select(order => order.OrderNo)], attempt.AttemptId,
            submission.Actor.May(Permission.ManageTasks, attempt.ShopId), now, ct);
        var (result, problems) = ResultPolicy.Check(submission.Draft, new(
            attempt.Purpose, book.Outcomes, book.ChecklistOf(attempt.Purpose), [.. card.Orders.Select(order => order.OrderNo)], CardOfResult.OrdersFromFiles(attempt),
            path, campaign.Policy, zone, now, owed, card.LastDraft?.Promise));
        return result is null ? throw new InvalidInputException(problems) : new(result, path, zone, campaign.Policy.CoolDowns.AfterRefusal, [.. guard.CheckAll(result.Draft.TypedTexts()).Select(finding => finding.Kind).Distinct().Order()]);
    }

    /// <summary>A result says that the call is over. Where only the agent tells how a call goes, that is the word for it; any other line has to say so itself.</summary>
    private async Task<Attempt> EndAsync(Session session, Attempt attempt, SavedCard saved, DateTimeOffset now, CancellationToken ct)
    {
        if (attempt.State == AttemptState.Ended)
            return attempt;
        if (attempt.State != AttemptState.Placed || !lines[attempt.Line].Capabilities.AgentReportsStates)
            throw new InvalidInputException(Problem.Of("call-not-over", "attemptId", ("state", attempt.State.ToString())));
        var end = saved.Result.Outcome.Reached || attempt.AnsweredAt is not null ? CallState.Completed : CallState.NoAnswer;
        await RecordLineEvent.InAsync(
            session, new(attempt.ShopId, attempt.Line, attempt.ProviderCallId!, (int)end, end, now, attempt.AttemptId), now, ct);
        return (await Attempt.FindAsync(session, [attempt.ShopId], attempt.AttemptId, ct))!;
    }

    private async Task WriteAsync(Session session, Recording recording, CancellationToken ct)
    {
        var (submission, attempt, card, saved, revision, now) = recording;
        await Submissions.InsertAsync(session, recording, ct);
        await CallBackRecord.UpsertAsync(session, recording, book.Outcomes, ct);
        await FollowUpTasks.ReplaceOpenAsync(session, recording, book.Outcomes, ct);
        await RegisterWriter.WriteAsync(session, recording, book.Outcomes, ct);
        await AttemptMoves.WrapUpAsync(session, attempt.ShopId, attempt.AttemptId, WrapUpState.Done, now, ct);
        await session.ExecuteAsync("delete from drafts where shop_id = @ShopId and hold_id = @HoldId", new { attempt.ShopId, attempt.HoldId }, ct);
        await ResultSuppressions.AddAsync(session, recording, ct);
        await ResultGrants.FollowAsync(session, recording, ct);
        await AttemptMoves.OutboxAsync(
            session, attempt.ShopId, EventKinds.ResultRecorded,
            new { attempt.AttemptId, revision, attempt.Purpose, outcome = saved.Result.Outcome.Code, orderNos = card.Orders.Select(order => order.OrderNo) }, now, ct);
        await AuditTrail.AppendAsync(
            session, attempt.ShopId, submission.Actor, now, submission.Why is null ? "result.recorded" : "result.corrected", $"attempt:{attempt.AttemptId}",
            new { revision, outcome = saved.Result.Outcome.Code, doNotCall = saved.Result.DoNotCall, why = submission.Why, grants = saved.Grants() }, ct);
    }
}

/// <summary>A complete result with the talk it came from.</summary>
/// <param name="RestAfterRefusal">What the policy asks for when the customer did not want to be spoken with; null: nothing.</param>
/// <param name="Wording">Kinds of wording that the guard found in what was typed; kept, never refused.</param>
internal sealed record SavedCard(CheckedResult Result, ScriptPath? Path, ZoneKey Zone, TimeSpan? RestAfterRefusal, IReadOnlyList<WordingKind> Wording)
{
    public string? Field(RecordField field) => Path?.Records.GetValueOrDefault(field);

    public string AnswersJson() => JsonSerializer.Serialize(Path?.Answers ?? Result.Draft.Answers, CallDraftJson.Options);

    public string TasksJson() => JsonSerializer.Serialize(Result.Tasks, CallDraftJson.Options);

    /// <summary>For the audit: what is given, and what waits.</summary>
    public IReadOnlyList<object> Grants() =>
        [.. Result.Tasks.Where(task => task.Grant is not null).Select(task => new { task.Kind, task.OrderNo, Promise = task.Grant!.Promise?.ToString(), task.Grant.Amount, task.Grant.Waits })];

    public string ChecklistJson() => JsonSerializer.Serialize(new { Result.Draft.Ticks, Result.Draft.Waivers }, CallDraftJson.Options);
}

/// <summary>Everything one saving writes from.</summary>
internal sealed record Recording(Submission Submission, Attempt Attempt, CardOfResult Card, SavedCard Saved, int Revision, DateTimeOffset Now);
