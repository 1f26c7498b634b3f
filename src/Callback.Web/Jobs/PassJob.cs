using System.Diagnostics;
using Quartz;

namespace Callback.Web.Jobs;

/// <summary>Wakes one pass: the job's name is the pass's. One node of the cluster at a time.</summary>
[DisallowConcurrentExecution]
internal sealed partial class PassJob(IEnumerable<IPass> passes, TimeProvider time, ILogger<PassJob> logger) : IJob
{
    internal static readonly ActivitySource Activities = new("Callback.Passes");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var name = context.JobDetail.Key.Name;
        if (passes.FirstOrDefault(pass => pass.Name == name) is not { } pass)
            return;
        using var activity = Activities.StartActivity(name);
        try
        {
            LogDone(logger, name, await pass.RunOnceAsync(time.GetUtcNow(), cancellationToken));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The next round tries again; the health check tells of a pass that keeps failing by its age.
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            LogFailed(logger, e, name);
            throw new JobExecutionException(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Pass {Pass}: {Counts}")]
    private static partial void LogDone(ILogger logger, string pass, object counts);

    [LoggerMessage(Level = LogLevel.Error, Message = "Pass {Pass} failed and will come round again")]
    private static partial void LogFailed(ILogger logger, Exception e, string pass);
}
