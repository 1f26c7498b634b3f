using Callback.Database;
using Microsoft.Extensions.Logging;

namespace Callback.Auditing;

/// <summary>Writes the newest hash of every chain to the log, outside the database's reach, so that a later rewriting shows.</summary>
public sealed partial class LogAuditHeads(Db db, ILogger<LogAuditHeads> logger) : IPass
{
    public string Name => "log-audit-heads";

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<object> RunOnceAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var heads = await VerifyAudit.HeadsAsync(session, ct);
        foreach (var head in heads)
            LogHead(logger, head.Chain, head.Seq, head.Hash);
        return new { heads = heads.Count };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Audit head of {Chain}: {Seq} {Hash}")]
    private static partial void LogHead(ILogger logger, string chain, long seq, string hash);
}
