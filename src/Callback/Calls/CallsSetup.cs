using Microsoft.Extensions.DependencyInjection;

namespace Callback.Calls;

public static class CallsSetup
{
    public static IServiceCollection AddCalls(this IServiceCollection services) => services
        .AddSingleton<DeskCampaigns>()
        .AddSingleton<CardReader>()
        .AddSingleton<GetDesk>()
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
        .AddSingleton<OpenWrapUp>()
        .AddSingleton<AdoptEpoch>()
        .AddSingleton<ReplayWindows>()
        .AddSingleton<VerifyInvariants>()
        .AddSingleton<IPass, PollLines>()
        .AddSingleton<IPass, ReconcileCalls>()
        .AddSingleton<IPass, AbandonCalls>();
}
