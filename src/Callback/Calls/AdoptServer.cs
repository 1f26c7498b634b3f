using Callback.Telephony;

namespace Callback.Calls;

public abstract record AdoptedServer
{
    public sealed record Adopted(AdoptedCalls Calls, AdoptedEpoch Server) : AdoptedServer;

    /// <summary>The fate of so many calls is not known yet; until then nothing is adopted.</summary>
    public sealed record Undecided(int Attempts) : AdoptedServer;

    /// <summary>So many lost calls were to numbers that are in another call at this moment; nothing is adopted until these are over.</summary>
    public sealed record InCall(int Calls) : AdoptedServer;

    /// <summary>It was said that nothing is lost, but the server was not promoted from the known one's standby.</summary>
    public sealed record NotPromoted(AdoptedEpoch Server) : AdoptedServer;

    /// <summary>It was said that nothing is lost, but the provider made calls of which this database should know and does not.</summary>
    public sealed record CommitsLost(AdoptedCalls Calls) : AdoptedServer;
}

/// <summary>
/// After a failover or a restore: says that this database server is the one now, so that dialing goes on. Without more knowledge it assumes that commits were lost:
/// what is undecided has to be settled first, the provider's list has to hold everything that can still come, and what it has more is adopted (<see cref="AdoptCalls"/>).
/// </summary>
public sealed class AdoptServer(TimeProvider time, AdoptCalls calls, AdoptEpoch epoch)
{
    /// <summary>A request that was on its way when dialing stopped has become a call by then, and the call is listed.</summary>
    public static TimeSpan UntilListed => ProtocolTimes.Grace;

    /// <param name="actor">Whose word it is.</param>
    /// <param name="nothingLost">A synchronous standby was promoted, so every acknowledged commit is here: there is nothing to wait for, and the list is only held against the rows.</param>
    /// <param name="waiting">Told before the list is waited for.</param>
    /// <param name="ct">Ends it; nothing is adopted then.</param>
    /// <exception cref="LineSilentException">A provider's list could not be read.</exception>
    public async Task<AdoptedServer> RunAsync(Actor actor, bool nothingLost, Action<TimeSpan>? waiting, CancellationToken ct)
    {
        actor.Demand(Permission.ViewHealth);
        return nothingLost ? await TakeOverAsync(actor, ct) : await TakeAsync(actor, waiting, ct);
    }

    private async Task<AdoptedServer> TakeOverAsync(Actor actor, CancellationToken ct)
    {
        var seen = await calls.LookAsync(actor, ct);
        if (seen.Adopted > 0)
            return new AdoptedServer.CommitsLost(seen);
        var server = await epoch.RunAsync(actor, nothingLost: true, ct);
        return server.Reconciled ? new AdoptedServer.Adopted(seen, server) : new AdoptedServer.NotPromoted(server);
    }

    private async Task<AdoptedServer> TakeAsync(Actor actor, Action<TimeSpan>? waiting, CancellationToken ct)
    {
        if (await epoch.UndecidedAsync(actor, ct) is > 0 and var open)
            return new AdoptedServer.Undecided(open);
        waiting?.Invoke(UntilListed);
        await Task.Delay(UntilListed, time, ct);
        var adopted = await calls.RunAsync(actor, ct);
        if (adopted.InCall > 0)
            return new AdoptedServer.InCall(adopted.InCall);
        var server = await epoch.RunAsync(actor, ct);
        return server.Reconciled ? new AdoptedServer.Adopted(adopted, server) : new AdoptedServer.Undecided(server.Undecided);
    }
}
