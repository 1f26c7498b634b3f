using Callback.CallScripts.Editing;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.CallScripts;

public static class CallScriptsSetup
{
    /// <summary>The book is read when it is first asked for; a wrong file stops the start.</summary>
    public static IServiceCollection AddCallScripts(this IServiceCollection services)
    {
        services.AddSingleton(provider => CallScriptBook.Load(provider.GetRequiredService<Surroundings>().ConfigFolder));
        services.AddSingleton(provider => provider.GetRequiredService<CallScriptBook>().Outcomes);
        services.AddSingleton<ScriptFinder>();
        services.AddSingleton<PackTexts>()
            .AddSingleton<ScriptCheck>()
            .AddSingleton<CreateScriptDraft>()
            .AddSingleton<OpenScriptDraft>()
            .AddSingleton<SaveScriptDraft>()
            .AddSingleton<DeleteScriptDraft>()
            .AddSingleton<PublishScript>()
            .AddSingleton<ShowScripts>();
        services.AddSingleton<IConfigCheck, CallScriptsCheck>();
        services.AddSingleton<IConfigCheck, SpokenWordingCheck>();
        return services;
    }
}
