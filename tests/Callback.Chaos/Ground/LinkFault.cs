namespace Callback.Chaos.Ground;

/// <summary>What a connection through a <see cref="FaultProxy"/> suffers. Each part is independent; with none of them everything passes.</summary>
internal sealed record LinkFault
{
    public static readonly LinkFault None = new();

    /// <summary>Nobody is there: the connection is reset as soon as it is made.</summary>
    public static readonly LinkFault Refused = new() { Refuse = true };

    /// <summary>Connected, and then nothing comes and goes any more.</summary>
    public static readonly LinkFault Swallowed = new() { Blackhole = true };

    /// <summary>The other side gets the whole request; what it answers is lost, and the connection breaks.</summary>
    public static readonly LinkFault ReplyCut = new() { CutReplyAfter = 0 };

    public bool Refuse { get; init; }

    /// <summary>Bytes are taken and never handed on. What was swallowed is lost: the connection is reset when the fault is over.</summary>
    public bool Blackhole { get; init; }

    /// <summary>Every piece is handed on so much later.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>So many bytes of answers pass, then the connection is reset. Null: no cut.</summary>
    public int? CutReplyAfter { get; init; }

    /// <summary>So many bytes of requests pass, then the connection is reset. Null: no cut.</summary>
    public int? CutRequestAfter { get; init; }
}
