using Callback.Calls.Bridges;
using Callback.Calls.Inbox;
using Callback.Calls.LineUse;
using Callback.Calls.Recordings;
using Callback.Calls.Running;
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
        .AddSingleton<AdoptCalls>()
        .AddSingleton<AdoptEpoch>()
        .AddSingleton<AdoptServer>()
        .AddSingleton<ReplayWindows>()
        .AddSingleton<VerifyInvariants>()
        .AddLineUse()
        .AddSingleton<PollLines>()
        .AddSingleton<ReconcileCalls>()
        .AddSingleton<AbandonCalls>()
        .AddSingleton<IPass>(provider => provider.GetRequiredService<PollLines>())
        .AddSingleton<IPass>(provider => provider.GetRequiredService<ReconcileCalls>())
        .AddSingleton<IPass>(provider => provider.GetRequiredService<AbandonCalls>());

    /// <summary>Lines with a provider: agents' phones, rooms, acts on running calls, recordings.</summary>
    private static IServiceCollection AddLineUse(this IServiceCollection services) => services
        .AddSingleton<GetLineSettings>()
        .AddSingleton<SaveLineSettings>()
        .AddSingleton<SaveAgentLeg>()
        .AddSingleton<ListAgentLegs>()
        .AddSingleton<SoftphoneSignIn>()
        .AddSingleton<CheckLine>()
        .AddSingleton<TestCall>()
        .AddSingleton<GetLineHealth>()
        .AddSingleton<OpenBridge>()
        .AddSingleton<CloseBridge>()
        .AddSingleton<GetBridge>()
        .AddSingleton<AloneCustomers>()
        .AddSingleton<LegNews>()
        .AddSingleton<KeepBridges>()
        .AddSingleton<RoomActs>()
        .AddSingleton<Guests>()
        .AddSingleton<GetRunningCall>()
        .AddSingleton<HoldCustomer>()
        .AddSingleton<MuteAgent>()
        .AddSingleton<SendDigits>()
        .AddSingleton<PauseRecording>()
        .AddSingleton<HangUp>()
        .AddSingleton<TransferTo>()
        .AddSingleton<Supervise>()
        .AddSingleton<ListRunningCalls>()
        .AddSingleton<ListSupervisors>()
        .AddSingleton<KeepInbox>()
        .AddSingleton<RecordingNews>()
        .AddSingleton<ProcessLineInbox>()
        .AddSingleton<TidyInbox>()
        .AddSingleton<FetchPrices>()
        .AddSingleton<IPass>(provider => provider.GetRequiredService<ProcessLineInbox>())
        .AddSingleton<IPass>(provider => provider.GetRequiredService<TidyInbox>())
        .AddSingleton<IPass>(provider => provider.GetRequiredService<FetchPrices>())
        .AddSingleton<ListRecordings>()
        .AddSingleton<PlayRecording>()
        .AddSingleton<DeleteRecordings>()
        .AddSingleton<IPass>(provider => provider.GetRequiredService<KeepBridges>())
        .AddSingleton<IPass>(provider => provider.GetRequiredService<DeleteRecordings>());
}
