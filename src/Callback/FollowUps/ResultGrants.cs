using Callback.Calls;
using Callback.Database;
using Callback.Windows;

namespace Callback.FollowUps;

/// <summary>
/// The further call that a result opens: the one the customer named, the one after a silent line, or the one after a line that failed before the phone rang.
/// One attempt begets at most one, so a revision moves or closes what the earlier one opened, as long as it was not used.
/// </summary>
internal static class ResultGrants
{
    /// <summary>A promise is kept within this span or counts as missed.</summary>
    public static readonly TimeSpan PromiseSpan = TimeSpan.FromHours(2);

    private static readonly TimeSpan RepairPause = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan TechnicalLife = TimeSpan.FromHours(24);

    public static async Task FollowAsync(Session session, Recording recording, CancellationToken ct)
    {
        var attempt = recording.Attempt;
        var grant = Of(recording);
        // The grants of an earlier revision make room, and those of a release that was void; the attempt's one per order is moved, not added to.
        if (grant is null)
        {
            if (recording.Revision > 1)
                await Grants.CloseAsync(session, attempt.ShopId, attempt.AttemptId, "Corrected", recording.Now, ct);
        }
        else if (await Grants.MoveAsync(session, grant, ct) == 0)
            await Grants.InsertAsync(session, grant, ct);
    }

    private static NewGrant? Of(Recording recording)
    {
        var (submission, attempt, _, saved, revision, now) = recording;
        var result = saved.Result;
        if (result.DoNotCall || result.Outcome.SuppressesNumber)
            return null;
        var evidence = new { outcome = result.Outcome.Code, revision };
        var grant = new NewGrant(attempt.ShopId, attempt.AttemptId, "", now, now, evidence, now) with { CreatedBy = submission.Actor.UserId };
        if (result.Promise is { } promise)
            return grant with
            {
                Kind = "Promised",
                NotBefore = promise.At,
                ExpiresAt = promise.At + PromiseSpan,
                PromisedLocal = promise.Local,
                PromisedZone = promise.Zone,
            };
        if (result.Outcome.RepairAllowed && attempt.AnsweredAt is not null)
            return SameDay(grant, saved.Zone) is { } until && until > now + RepairPause
                ? grant with { Kind = "Repair", NotBefore = now + RepairPause, ExpiresAt = until, LimitOfKind = 1 }
                : null;
        return result.Outcome.TechnicalAllowed && attempt.RingingAt is null && attempt.AnsweredAt is null
            ? grant with { Kind = "Technical", ExpiresAt = now + TechnicalLife, LimitOfKind = 1 }
            : null;
    }

    /// <summary>The end of the customer's day.</summary>
    private static DateTimeOffset? SameDay(NewGrant grant, ZoneKey zone)
    {
        var today = DateOnly.FromDateTime(LocalTimePolicy.ToLocal(grant.Now, zone.Zones[0]));
        return LocalTimePolicy.ToInstant(today.AddDays(1).ToDateTime(TimeOnly.MinValue), zone.Zones[0]);
    }
}
