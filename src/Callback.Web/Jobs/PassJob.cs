using System.Diagnostics;
using Callback.Health;
using Npgsql;
using Quartz;

namespace Callback.Web.Jobs;

/// <summary>Wakes one pass: the job's name is the pass's. One node of the cluster at a time.</summary>
[DisallowConcurrentExecution]
internal sealed partial class PassJob(IEnumerable<IPass> passes, NotePass note, TimeProvider time, ILogger<PassJob> logger) : IJob
{
    internal static readonly ActivitySource Activities = new("Callback.Passes");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var name = context.JobDetail.Key.Name;
        if (passes.FirstOrDefault(pass => pass.Name == name) is not { } pass)
            return;
        using var activity = Activities.StartActivity(name);
        var (now, began) = (time.GetUtcNow(), time.GetTimestamp());
        try
        {
            LogDone(logger, name, await pass.RunOnceAsync(now, cancellationToken));
            await note.DoneAsync(name, now, time.GetElapsedTime(began), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The next round tries again; the health check tells of a pass that keeps failing by its age.
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            LogFailed(logger, e, name);
            await NoteAsync(name, now, e, cancellationToken);
            throw new JobExecutionException(e);
        }
    }

    private async Task NoteAsync(string name, DateTimeOffset now, Exception fault, CancellationToken ct)
    {
        try
        {
            await note.FailedAsync(name, now, (fault.InnerException ?? fault).GetType().Name, ct);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            // Most often the pass failed because the database is away; then its last good round gets old.
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Pass {Pass}: {Counts}")]
    private static partial void LogDone(ILogger logger, string pass, object counts);

    [LoggerMessage(Level = LogLevel.Error, Message = "Pass {Pass} failed and will come round again")]
    private static partial void LogFailed(ILogger logger, Exception e, string pass);
}
