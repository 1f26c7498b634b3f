using Callback.Health;
using Callback.Telephony;
using Quartz;

namespace Callback.Web.Jobs;

/// <summary>Puts every registered pass on its period when a node starts, and takes away what is no pass any more.</summary>
internal sealed class PassScheduler([FromKeyedServices(JobsSetup.Scheduler)] ISchedulerFactory schedulers, IEnumerable<IPass> passes, NotePass note, TimeProvider time) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await note.WokenAsync([.. passes], time.GetUtcNow(), cancellationToken);
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        foreach (var pass in passes)
        {
            var job = JobBuilder.Create<PassJob>().WithIdentity(pass.Name, JobsSetup.Group).StoreDurably().Build();
            var trigger = TriggerBuilder.Create(TimeProvider.System)
                .WithIdentity(pass.Name, JobsSetup.Group)
                .StartNow()
                .WithSchedule(SimpleScheduleBuilder.Create()
                    .WithInterval(ProtocolTimes.Period(pass.Every))
                    .RepeatForever()
                    .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount))
                .Build();
            await scheduler.ScheduleJob(job, [trigger], new ScheduleJobOptions { Replace = true }, cancellationToken);
        }
        var names = passes.Select(pass => pass.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var stored in await scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(JobsSetup.Group), cancellationToken))
        {
            if (!names.Contains(stored.Name))
                await scheduler.DeleteJob(stored, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
