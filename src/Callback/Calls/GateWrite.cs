using System.Text.Json;
using System.Text.Json.Serialization;
using Callback.Database;
using Callback.Database.PersonalData;

namespace Callback.Calls;

/// <summary>What the gate writes: the attempt, every right it spends (all or none), whom it reaches, and the queued call's end.</summary>
internal static class GateWrite
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static async Task<PhoneNumber> NumberAsync(
        Session session, PersonalDataVault vault, QueuedCall call, QueuedCallVerdict.Goes goes, CancellationToken ct)
    {
        var order = goes.Going.First(going => going.Facts.PhoneKey.AsSpan().SequenceEqual(call.PhoneHash)).Facts.OrderNo;
        var cipher = await session.QuerySingleAsync<byte[]>(
            "select phone_cipher from orders where shop_id = @ShopId and order_no = @order", new { call.ShopId, order }, ct);
        return PhoneNumber.FromCanonical(vault.Decrypt(DataPlace.OrderPhone(call.ShopId, order.Value), cipher));
    }

    public static Task AttemptAsync(Session session, Passing passing, NewAttempt attempt, PersonalDataVault vault, CancellationToken ct)
    {
        var (call, campaign, goes, clock, _) = passing;
        return session.ExecuteAsync(
            """
            with attempt as (
                insert into attempts
                    (shop_id, attempt_id, campaign_id, purpose, kind, agent_id, hold_id, fence, line, phone_hash, phone_cipher, phone_last4, zone_key,
                    gated_at, window_closes_at, gate_facts, call_script, script_version, state, bridge_shop_id, bridge_id, caller_cipher, recorded)
                values
                    (@ShopId, @attemptId, @CampaignId, @purpose, @kind, @agent, @HoldId, @Fence, @line, @PhoneHash, @cipher, @last4, @ZoneKey,
                    @now, @closesAt, @facts::jsonb, @script, @scriptVersion, 'Dialing', @bridgeShop, @bridge, @caller, @recorded)
            ), rights as (
                insert into attempt_rights (shop_id, purpose, order_no, grant_no, attempt_id)
                select @ShopId, @purpose, order_no, grant_no, @attemptId
                from unnest(@orderNos, @grantNos) as going (order_no, grant_no)
            ), persons as (
                insert into attempt_persons (shop_id, person_key, gated_at, attempt_id)
                select @ShopId, person_key, @now, @attemptId
                from unnest(@persons) as person_key
            ), gone as (
                delete from queued_calls
                where shop_id = @ShopId and queued_call_id = @QueuedCallId
            )
            insert into queue_exits (shop_id, queued_call_id, purpose, campaign_id, order_nos, reason, actor_id, at)
            values (@ShopId, @QueuedCallId, @purpose, @CampaignId, @OrderNos, 'Dialed', @agent, @now)
            """,
            new
            {
                call.ShopId,
                call.CampaignId,
                call.QueuedCallId,
                call.HoldId,
                call.Fence,
                call.PhoneHash,
                call.ZoneKey,
                attempt.AttemptId,
                purpose = call.Purpose.ToString(),
                kind = goes.Going.Max(order => order.Kind).ToString(),
                agent = attempt.AgentId,
                line = attempt.Line,
                cipher = vault.Encrypt(DataPlace.AttemptPhone(call.ShopId, attempt.AttemptId), attempt.Number.Canonical),
                last4 = attempt.Number.Last4,
                now = clock.Now,
                closesAt = goes.ClosesAt,
                facts = Facts(passing),
                script = attempt.CallScript,
                scriptVersion = attempt.ScriptVersion,
                bridgeShop = attempt.Dial.Bridge?.ShopId.Value,
                bridge = attempt.Dial.Bridge?.BridgeId,
                caller = attempt.Dial.CallerId is { } caller ? vault.Encrypt(DataPlace.AttemptCaller(call.ShopId, attempt.AttemptId), caller) : null,
                recorded = attempt.Dial.Recording != Telephony.CallRecording.Off,
                orderNos = goes.Going.Select(order => order.Facts.OrderNo.Value).ToArray(),
                grantNos = goes.Going.Select(order => (short)order.GrantNo).ToArray(),
                persons = goes.Going.SelectMany(order => order.Facts.PersonKeys).Append(call.PhoneHash).DistinctBy(Convert.ToHexString).ToArray(),
            },
            ct);
    }

    /// <summary>The grants that this attempt's rights came from are used up; after the rights, which need them open.</summary>
    public static Task CloseGrantsAsync(Session session, Passing passing, CancellationToken ct)
    {
        var used = passing.Goes.Going.Where(order => order.GrantNo > 0).ToList();
        return used.Count == 0 ? Task.CompletedTask : session.ExecuteAsync(
            """
            update call_grants g
            set closed_at = @Now, close_reason = 'Used'
            from unnest(@orderNos, @grantNos) as used (order_no, grant_no)
            where g.shop_id = @ShopId and g.purpose = @purpose and g.order_no = used.order_no and g.grant_no = used.grant_no
            """,
            new
            {
                passing.Clock.Now,
                passing.Call.ShopId,
                purpose = passing.Call.Purpose.ToString(),
                orderNos = used.Select(order => order.Facts.OrderNo.Value).ToArray(),
                grantNos = used.Select(order => (short)order.GrantNo).ToArray(),
            },
            ct);
    }

    /// <summary>What the gate knew, so that <see cref="VerifyInvariants"/> and people can follow it later. No personal data.</summary>
    private static string Facts(Passing passing) => JsonSerializer.Serialize(
        new
        {
            at = passing.Clock.Now,
            snapshot = passing.Clock.Snapshot,
            hours = PolicyFingerprint.Of(passing.Campaign.Policy),
            queuedCall = passing.Call.QueuedCallId,
            policy = passing.Campaign.Policy.Preset,
            campaignVersion = passing.Campaign.Campaign.Version,
            callsToday = passing.Campaign.CallsToday,
            lastStart = passing.Goes.ClosesAt,
            why = JsonElement.Parse(passing.Call.Why),
            orders = passing.Goes.Going.Select(order => new
            {
                no = order.Facts.OrderNo.Value,
                status = order.Facts.Status,
                asOf = order.Facts.AsOf,
                fromApi = order.Facts.FromApi,
                kind = order.Kind,
                grantNo = order.GrantNo,
                personCalls = order.Facts.PersonCalls.Count,
            }),
            dropped = passing.Goes.Leaving.Select(order => new { no = order.OrderNo.Value, reason = order.Reason }),
        },
        Json);
}

internal sealed record NewAttempt(Guid AttemptId, string Line, string CallScript, int ScriptVersion, PhoneNumber Number, Guid AgentId, BridgedDial Dial);
