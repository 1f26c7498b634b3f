using Callback.Telephony;
using Npgsql;
using Quartz;

namespace Callback.Web.Jobs;

/// <summary>Quartz with its clustered store in our database. It only wakes; what is due is decided by rows.</summary>
internal static class JobsSetup
{
    public const string Group = "passes";

    public const string Scheduler = "callback";

    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        // A named scheduler keeps its clock to itself; the unnamed one's would become the program's.
        services.AddQuartz(Scheduler, quartz =>
        {
            quartz.ConfigureScheduler(scheduler => scheduler.GenerateInstanceId = true);
            // Waking goes by the machine's clock: a moved one (CALLBACK_CLOCK) would let triggers misfire.
            quartz.UseTimeProvider(TimeProvider.System);
            quartz.UseDefaultThreadPool(4);
            quartz.AddJobType<PassJob>();
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(source => source.DataSourceFactory = provider => provider.GetRequiredService<NpgsqlDataSource>());
                store.UseClustering(cluster => cluster.CheckinInterval = ProtocolTimes.Period(TimeSpan.FromSeconds(10)));
                store.ConfigureStore(options => options.SchemaProvisioning = SchemaProvisioning.None);
            });
        });
        services.AddHostedService<PassScheduler>();
        services.AddQuartzHostedService(Scheduler, hosted => hosted.WaitForJobsToComplete = true);
        return services;
    }
}
