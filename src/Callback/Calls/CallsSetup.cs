using Microsoft.Extensions.DependencyInjection;

namespace Callback.Calls;

public static class CallsSetup
{
    public static IServiceCollection AddCalls(this IServiceCollection services) => services
        .AddSingleton<DeskCampaigns>()
        .AddSingleton<CardReader>()
        .AddSingleton<GetDesk>()
        .AddSingleton<PreviewTalk>()
        .AddSingleton<SetAgentState>()
        .AddSingleton<HoldNextCall>()
        .AddSingleton<SkipCall>()
        .AddSingleton<ReleaseHold>()
        .AddSingleton<AlreadyPaid>()
        .AddSingleton<SaveDraft>()
        .AddSingleton<DialGate>()
        .AddSingleton<DialCall>()
        .AddSingleton<RecordLineEvent>()
        .AddSingleton<MarkCallState>()
        .AddSingleton<RefreshCall>()
        .AddSingleton<WrapUpLater>()
        .AddSingleton<ListAbandonedCalls>()
        .AddSingleton<OpenWrapUp>()
        .AddSingleton<AdoptEpoch>()
        .AddSingleton<ReplayWindows>()
        .AddSingleton<VerifyInvariants>()
        .AddSingleton<PollLines>()
        .AddSingleton<ReconcileCalls>()
        .AddSingleton<AbandonCalls>()
        .AddSingleton<IPass>(provider => provider.GetRequiredService<PollLines>())
        .AddSingleton<IPass>(provider => provider.GetRequiredService<ReconcileCalls>())
        .AddSingleton<IPass>(provider => provider.GetRequiredService<AbandonCalls>());
}
