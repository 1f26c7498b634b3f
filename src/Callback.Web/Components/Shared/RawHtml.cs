using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Callback.Web.Components.Shared;

/// <summary>Markup that the program made of its own embedded manual. Nothing that people or shops typed may ever reach it.</summary>
public sealed class RawHtml : ComponentBase
{
    [Parameter, EditorRequired] public OwnHtml Html { get; set; } = default!;

    [SuppressMessage("ApiDesign", "RS0030", Justification = "only for the manual embedded in this assembly: OwnHtml is made by HelpBook alone")]
    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, new MarkupString(Html.Text));
}

/// <summary>HTML out of our own files.</summary>
public sealed class OwnHtml
{
    internal OwnHtml(string text) => Text = text;

    internal string Text { get; }
}
