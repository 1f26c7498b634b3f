using Microsoft.Extensions.DependencyInjection;

namespace Callback.Calls;

public static class CallsSetup
{
    public static IServiceCollection AddCalls(this IServiceCollection services) => services
        .AddSingleton<HoldNextCall>()
        .AddSingleton<SkipCall>()
        .AddSingleton<ReleaseHold>()
        .AddSingleton<AlreadyPaid>()
        .AddSingleton<DialCall>()
        .AddSingleton<MarkCallState>()
        .AddSingleton<RefreshCall>()
        .AddSingleton<SaveDraft>()
        .AddSingleton<WrapUpLater>()
        .AddSingleton<OpenWrapUp>()
        .AddSingleton<SetAgentState>()
        .AddSingleton<GetDesk>();
}
