using Callback.Calls;
using Callback.CallScripts;
using Callback.Database;

namespace Callback.FollowUps;

/// <summary>What was saved under which id of the page; a revision is never overwritten.</summary>
internal static class Submissions
{
    public static Task<Saved?> FindAsync(Session session, ShopId shop, Guid submissionId, CancellationToken ct) => session.QuerySingleOrDefaultAsync<Saved>(
        """
        select attempt_id, revision, at
        from submissions
        where shop_id = @shop and submission_id = @submissionId
        """,
        new { shop, submissionId },
        ct);

    /// <summary>Of an attempt that is locked.</summary>
    public static Task<int> LastRevisionAsync(Session session, Attempt attempt, CancellationToken ct) => session.QuerySingleAsync<int>(
        """
        select coalesce(max(revision), 0)
        from results
        where shop_id = @ShopId and attempt_id = @AttemptId
        """,
        new { attempt.ShopId, attempt.AttemptId },
        ct);

    public static Task InsertAsync(Session session, Recording recording, CancellationToken ct)
    {
        var (submission, attempt, _, saved, revision, now) = recording;
        return session.ExecuteAsync(
            """
            with submitted as (
                insert into submissions (shop_id, submission_id, attempt_id, revision, at)
                values (@ShopId, @SubmissionId, @AttemptId, @revision, @now)
            )
            insert into results
                (shop_id, attempt_id, revision, outcome, reason_codes, answers, checklist, note, promised_local, promised_zone, promised_at, do_not_call,
                tasks, draft, actor_id, at)
            values
                (@ShopId, @AttemptId, @revision, @outcome, @reasons, @answers::jsonb, @checklist::jsonb, @note, @Local, @Zone, @PromisedAt, @doNotCall,
                @tasks::jsonb, @draft::jsonb, @actor, @now)
            """,
            new
            {
                attempt.ShopId,
                submission.SubmissionId,
                attempt.AttemptId,
                revision,
                now,
                outcome = saved.Result.Outcome.Code,
                reasons = saved.Result.Reasons.ToArray(),
                answers = saved.AnswersJson(),
                checklist = saved.ChecklistJson(),
                note = saved.Result.Note,
                Local = saved.Result.Promise?.Local,
                Zone = saved.Result.Promise?.Zone,
                PromisedAt = saved.Result.Promise?.At,
                doNotCall = saved.Result.DoNotCall,
                tasks = saved.TasksJson(),
                draft = CallDraftJson.Write(submission.Draft),
                actor = submission.Actor.UserId,
            },
            ct);
    }

    public sealed record Saved(Guid AttemptId, int Revision, DateTimeOffset At);
}
