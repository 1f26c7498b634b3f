using System.Globalization;
using Callback.CallScripts;
using Callback.Database;
using Callback.Telephony;

namespace Callback.FollowUps;

/// <summary>The call-back record: one row a call, shaped for the log; a revision takes its place.</summary>
internal static class CallBackRecord
{
    public static Task UpsertAsync(Session session, Recording recording, OutcomeCatalogue kinds, CancellationToken ct)
    {
        var (_, attempt, card, saved, revision, now) = recording;
        var result = saved.Result;
        var first = card.Orders.Count > 0 ? card.Orders[0] : null;
        return session.ExecuteAsync(
            """
            insert into follow_ups
                (shop_id, at, attempt_id, revision, campaign_id, purpose, agent_id, agent_name, order_nos, buyer_id, buyer_name, phone_hash, phone_last4,
                products, amount, currency, outcome, reached, reason_codes, arrived, product_satisfaction, courier_satisfaction, suggestion, problem,
                promised, promised_at, compensation, note, talk_seconds, wording, recorded_at)
            values
                (@ShopId, @GatedAt, @AttemptId, @revision, @CampaignId, @purpose, @AgentId, @AgentName, @orderNos, @BuyerId, @BuyerName, @PhoneHash, @PhoneLast4,
                @products, @amount, @currency, @outcome, @Reached, @reasons, @arrived, @product, @courier, @suggestion, @problem,
                @promised, @promisedAt, @compensation, @note, @talkSeconds, @wording, @now)
            on conflict (shop_id, at, attempt_id) do update
            set revision = excluded.revision, outcome = excluded.outcome, reached = excluded.reached, reason_codes = excluded.reason_codes,
                arrived = excluded.arrived, product_satisfaction = excluded.product_satisfaction, courier_satisfaction = excluded.courier_satisfaction,
                suggestion = excluded.suggestion, problem = excluded.problem, promised = excluded.promised, promised_at = excluded.promised_at,
                compensation = excluded.compensation, note = excluded.note, talk_seconds = excluded.talk_seconds, wording = excluded.wording,
                recorded_at = excluded.recorded_at
            """,
            new
            {
                attempt.ShopId,
                attempt.GatedAt,
                attempt.AttemptId,
                revision,
                attempt.CampaignId,
                attempt.AgentId,
                card.AgentName,
                attempt.PhoneHash,
                attempt.PhoneLast4,
                purpose = attempt.Purpose.ToString(),
                orderNos = card.Orders.Select(order => order.OrderNo).ToArray(),
                first?.BuyerId,
                first?.BuyerName,
                products = string.Join("; ", card.Orders.SelectMany(order => order.Items).Select(item => item.Title)),
                amount = card.Orders.Sum(order => order.Amount),
                currency = first?.Currency ?? card.Shop.Currency,
                outcome = result.Outcome.Code,
                result.Outcome.Reached,
                reasons = result.Reasons.ToArray(),
                arrived = saved.Field(RecordField.Arrived),
                product = saved.Field(RecordField.ProductSatisfaction),
                courier = saved.Field(RecordField.CourierSatisfaction),
                suggestion = saved.Field(RecordField.Suggestion),
                problem = saved.Field(RecordField.Problem),
                promised = saved.Field(RecordField.Promised) ?? Promised(result.Promise),
                promisedAt = result.Promise?.At,
                compensation = Compensation(saved, kinds, card.Shop.Language),
                note = result.Note,
                wording = saved.Wording.Select(kind => kind.ToString()).ToArray(),
                talkSeconds = TalkSeconds(attempt),
                now,
            },
            ct);
    }

    private static string? Promised(PromisedMoment? promise) =>
        promise is null ? null : string.Create(CultureInfo.InvariantCulture, $"{promise.Local:yyyy-MM-dd HH:mm} {promise.Zone}");

    /// <summary>What the talk says of it, else what is given, in the shop's language; what waits for a yes says so.</summary>
    private static string? Compensation(SavedCard saved, OutcomeCatalogue kinds, string language)
    {
        if (saved.Field(RecordField.Compensation) is { } said)
            return said;
        var waits = language == "en" ? " (to be approved)" : "（待审批）";
        var given = saved.Result.Tasks.Where(task => task.Grant is not null).Select(task => string.Create(
            CultureInfo.InvariantCulture,
            $"{kinds.FindTaskKind(task.Kind)?.Label.In(language) ?? task.Kind} {task.Grant!.Amount:0.00} {task.Grant.Currency}{(task.Grant.Waits ? waits : "")}"));
        return string.Join("; ", given) is { Length: > 0 } text ? text : null;
    }

    /// <summary>Only where both ends are known: an abandoned call's end is a guess and no talk time.</summary>
    private static int TalkSeconds(Calls.Attempt attempt) =>
        attempt is { CallState: CallState.Completed, AnsweredAt: { } from, EndedAt: { } to } ? Math.Max(0, (int)(to - from).TotalSeconds) : 0;
}
