using Callback.Tests.Support;
using Callback.Web.Components;
using Callback.Web.Localization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Callback.Web.Tests.Support;

/// <summary>A component as HTML, without a server: at a moment, in a language, in the sample shop.</summary>
internal static class Rendered
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 5, 0, TimeSpan.Zero);

    public static async Task<string> AsHtmlAsync<TComponent>(Dictionary<string, object?> parameters, Language? language = null)
        where TComponent : IComponent
    {
        var services = WebApplication.CreateEmptyBuilder(new()).Services;
        services.AddScreens();
        services.AddSingleton<TimeProvider>(new ManualTime(Now));
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ScreenContext>().Language = language ?? Language.English;
        scope.ServiceProvider.GetRequiredService<CurrentShop>().Use(DeskSamples.Shop);
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    public static RenderFragment Markup(string text) => builder => builder.AddContent(0, text);
}
