using Callback.Calls.Bridges;
using Callback.Calls.LineUse;
using Callback.Database;
using Callback.Database.PersonalData;
using Callback.Telephony;
using Npgsql;

namespace Callback.Calls.Running;

/// <summary>A guest of a room, as the row stands.</summary>
internal sealed record Guest(ShopId ShopId, Guid GuestId, Guid BridgeId, Guid AttemptId, Guid UserId, GuestMode Mode, GuestState State, string? CallId)
{
    internal const string Columns = "shop_id, guest_id, bridge_id, attempt_id, user_id, mode, state, call_id";

    public static Task<Guest?> OpenAsync(Session session, Bridge bridge, Guid user, CancellationToken ct) => session.QuerySingleOrDefaultAsync<Guest>(
        $"select {Columns} from bridge_guests where shop_id = @ShopId and bridge_id = @BridgeId and user_id = @user and state <> 'Gone'",
        new { bridge.ShopId, bridge.BridgeId, user },
        ct);

    public static Task<Guest?> FindAsync(Session session, ShopId shop, Guid guestId, CancellationToken ct) => session.QuerySingleOrDefaultAsync<Guest>(
        $"select {Columns} from bridge_guests where shop_id = @shop and guest_id = @guestId", new { shop, guestId }, ct);
}

/// <summary>Brings others into a call's room: written down first, asked once, like every leg.</summary>
public sealed class Guests(Db db, TimeProvider time, RoomActs acts, PersonalDataVault vault)
{
    /// <param name="by">Who invites.</param>
    /// <param name="call">Whose room.</param>
    /// <param name="user">Whose phone is called.</param>
    /// <param name="mode">To do what.</param>
    /// <param name="ct">Only until the line is asked.</param>
    /// <exception cref="InvalidInputException"><c>leg-missing</c>: no phone is set; <c>guest-busy</c>: is in the room or on the way already; <c>caller-id-missing</c>.</exception>
    internal async Task<ActAnswer> InviteAsync(Guid by, CallInRoom call, Guid user, GuestMode mode, CancellationToken ct)
    {
        var (guest, leg) = await PrepareAsync(by, call, user, mode, ct);
        var answer = await acts.Line.InviteAsync(leg, mode, call.Bridge.LegCallId, Deadline.StartNow(time), CancellationToken.None);
        await using var session = await db.BeginByKeyAsync(guest.ShopId, CancellationToken.None);
        switch (answer)
        {
            case LineAnswer.Accepted accepted:
                await CalledAsync(session, guest, accepted.CallId);
                break;
            case LineAnswer.Refused refused:
                await GoneAsync(session, guest.ShopId, guest.GuestId, refused.Code, time.GetUtcNow(), CancellationToken.None);
                break;
            default:
                break;
        }
        await session.CommitAsync();
        return answer switch
        {
            LineAnswer.Accepted => new ActAnswer.Done(),
            LineAnswer.Refused no => new ActAnswer.Refused(no.Code),
            LineAnswer.Unknown unknown => new ActAnswer.Lost(unknown.Why),
            _ => throw new InvalidOperationException("A line accepts, refuses, or is not heard."),
        };
    }

    internal async Task<Guest?> OpenAsync(Bridge bridge, Guid user, CancellationToken ct)
    {
        await using var session = await db.BeginByKeyAsync(bridge.ShopId, ct);
        return await Guest.OpenAsync(session, bridge, user, ct);
    }

    internal async Task SetModeAsync(Guest guest, GuestMode mode)
    {
        await using var session = await db.BeginByKeyAsync(guest.ShopId, CancellationToken.None);
        await session.ExecuteAsync(
            "update bridge_guests set mode = @mode where shop_id = @ShopId and guest_id = @GuestId and state <> 'Gone'",
            new { mode = mode.ToString(), guest.ShopId, guest.GuestId },
            CancellationToken.None);
        await session.CommitAsync();
    }

    /// <summary>Hangs the guest up, and writes it down: a leg that comes up all the same is hung up by its event.</summary>
    internal async Task<ActAnswer> LeaveAsync(Guest guest, string reason)
    {
        await using (var session = await db.BeginByKeyAsync(guest.ShopId, CancellationToken.None))
        {
            await GoneAsync(session, guest.ShopId, guest.GuestId, reason, time.GetUtcNow(), CancellationToken.None);
            await session.CommitAsync();
        }
        return guest.CallId is { } callId ? await acts.Line.EndLegAsync(callId, CancellationToken.None) : new ActAnswer.Done();
    }

    /// <summary>The guest's phone was picked up.</summary>
    internal static Task<int> InAsync(Session session, ShopId shop, Guid guestId, CancellationToken ct) => session.ExecuteAsync(
        "update bridge_guests set state = 'In' where shop_id = @shop and guest_id = @guestId and state = 'Calling'", new { shop, guestId }, ct);

    internal static Task<int> GoneAsync(Session session, ShopId shop, Guid guestId, string reason, DateTimeOffset now, CancellationToken ct) => session.ExecuteAsync(
        """
        update bridge_guests
        set state = 'Gone', gone_at = @now, gone_reason = @reason
        where shop_id = @shop and guest_id = @guestId and state <> 'Gone'
        """,
        new { shop, guestId, reason, now },
        ct);

    internal static Task<int> CalledAsync(Session session, Guest guest, string callId) => session.ExecuteAsync(
        "update bridge_guests set call_id = @callId where shop_id = @ShopId and guest_id = @GuestId and call_id is null",
        new { callId, guest.ShopId, guest.GuestId },
        CancellationToken.None);

    private async Task<(Guest Guest, LegCall Leg)> PrepareAsync(Guid by, CallInRoom call, Guid user, GuestMode mode, CancellationToken ct)
    {
        var bridge = call.Bridge;
        // The guest's phone is kept in the guest's own shops, the room in the agent's.
        await using var session = await db.BeginByKeyAsync(ShopScope.All, ct);
        var leg = await AgentLeg.FindAsync(session, await ShopsAsync(session, user, ct), user, ct) ?? throw new InvalidInputException(Problem.Of("leg-missing"));
        var caller = (await LineSettings.ReadAsync(session, bridge.ShopId, bridge.Line, ct)).CallerId(vault) ?? throw new InvalidInputException(Problem.Of("caller-id-missing"));
        var language = await session.QuerySingleAsync<string>("select language from shops where shop_id = @ShopId", new { bridge.ShopId }, ct);
        var now = time.GetUtcNow();
        try
        {
            var guest = await session.QuerySingleAsync<Guest>(
                $"""
                insert into bridge_guests (shop_id, guest_id, bridge_id, attempt_id, user_id, mode, state, invited_by, invited_at)
                values (@ShopId, @id, @BridgeId, @AttemptId, @user, @mode, 'Calling', @by, @now)
                returning {Guest.Columns}
                """,
                new { bridge.ShopId, id = Ids.New(now), bridge.BridgeId, call.Attempt.AttemptId, user, mode = mode.ToString(), by, now },
                ct);
            await session.CommitAsync();
            return (guest, new(guest.ShopId, guest.GuestId, leg.Address(vault), caller, bridge.Room, language));
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new InvalidInputException(Problem.Of("guest-busy"));
        }
    }

    private static async Task<IReadOnlyList<ShopId>> ShopsAsync(Session session, Guid user, CancellationToken ct) =>
        [.. (await session.QueryAsync<string>("select shop_id from memberships where user_id = @user order by shop_id", new { user }, ct)).Distinct().Select(shop => new ShopId(shop))];
}
