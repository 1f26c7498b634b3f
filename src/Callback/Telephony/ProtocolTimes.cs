namespace Callback.Telephony;

/// <summary>
/// How long the attempt protocol waits, and how these times hang together: a lost call is looked for only when whoever asked for it is done or dead, and what is
/// not found is given up only long after a call of it could have been created. Sources: Twilio's request life and list lag as measured, see the README.
/// </summary>
/// <remarks>In the program built for fault tests the waits can be shortened by one factor; sums stay sums, so their order holds for every factor.</remarks>
public static class ProtocolTimes
{
    /// <summary>A request's whole life at the provider. A call that is created for it was created within this time.</summary>
    public static readonly TimeSpan RequestLife = Short(TimeSpan.FromSeconds(30));

    /// <summary>How far the provider's list may be behind, and clocks apart.</summary>
    public static readonly TimeSpan ListLag = Short(TimeSpan.FromSeconds(28));

    /// <summary>A lost call was created no earlier than this before its gate: clocks differ.</summary>
    public static readonly TimeSpan MatchBefore = TimeSpan.FromSeconds(2);

    /// <summary>… and no later than this after it: deadline, request life, and a difference of clocks.</summary>
    public static readonly TimeSpan MatchAfter = Deadline.Span + RequestLife + TimeSpan.FromSeconds(3);

    /// <summary>From the gate until an attempt without an answer counts as unknown and is looked for: the process that asked is done or dead by then.</summary>
    public static readonly TimeSpan Grace = Deadline.Span + RequestLife + ListLag;

    /// <summary>Between two looks at the line's list: three of them span fifteen minutes.</summary>
    public static readonly TimeSpan BetweenLists = Short(TimeSpan.FromMinutes(7.5));

    /// <summary>A call of which no event told anything for this long is asked about.</summary>
    public static readonly TimeSpan AskAfter = Short(TimeSpan.FromSeconds(15));

    /// <summary>A phone of an agent that is being called is asked about this often.</summary>
    public static readonly TimeSpan AskCalling = Short(TimeSpan.FromSeconds(10));

    /// <summary>A phone of an agent that is connected is asked about this often.</summary>
    public static readonly TimeSpan AskReady = Short(TimeSpan.FromSeconds(60));

    /// <summary>An agent who showed no sign of life for so long has abandoned the call.</summary>
    public static readonly TimeSpan AbandonAfter = Short(TimeSpan.FromMinutes(15));

    /// <returns>A pass's period here, at least a second.</returns>
    public static TimeSpan Period(TimeSpan every) => TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerSecond, Short(every).Ticks));

    private static TimeSpan Short(TimeSpan full) => full / TestBuild.Squeeze;
}
