using Callback.FollowUps.Export;
using Callback.FollowUps.Log;
using Callback.FollowUps.Owed;
using Callback.FollowUps.Registers;
using Callback.FollowUps.Releases;
using Callback.FollowUps.Tasks;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.FollowUps;

public static class FollowUpsSetup
{
    public static IServiceCollection AddFollowUps(this IServiceCollection services) => services
        .AddSingleton<ResultWriter>()
        .AddSingleton<SpentAgain>()
        .AddSingleton<RecordResult>()
        .AddSingleton<CorrectResult>()
        .AddSingleton<RequestRelease>()
        .AddSingleton<ApproveRelease>()
        .AddSingleton<DeclineRelease>()
        .AddSingleton<ListSpentCalls>()
        .AddSingleton<ReleaseLists>()
        .AddSingleton<IPass>(provider => provider.GetRequiredService<ReleaseLists>())
        .AddSingleton<ListFollowUps>()
        .AddSingleton<GetCall>()
        .AddSingleton<ListTasks>()
        .AddSingleton<CloseTask>()
        .AddSingleton<ReopenTask>()
        .AddSingleton<AssignTask>()
        .AddSingleton<DecideGrant>()
        .AddSingleton<TaskOwners>()
        .AddSingleton<CountDueTasks>()
        .AddSingleton<MarkDueTasks>()
        .AddSingleton<IPass>(provider => provider.GetRequiredService<MarkDueTasks>())
        .AddSingleton<OwedReader>()
        .AddSingleton<GetOwed>()
        .AddSingleton<FindPhoneKey>()
        .AddSingleton<LogChoices>()
        .AddSingleton<TodayFigures>()
        .AddSingleton<OrderStory>()
        .AddSingleton<ExportFollowUps>()
        .AddSingleton<TraceExport>()
        .AddSingleton<ReadRegister>()
        .AddSingleton<ExportRegister>();
}
