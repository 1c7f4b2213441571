package dev.cooper.cli.experiment;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A picture for where pages cannot go. */
final class ImageCanvas implements Canvas {
    /** Pixels a unit. */
    private static final int SCALE = 2;

    private static final int AREA_OPACITY = 38;

    private final BufferedImage image;
    private final Graphics2D graphics;

    ImageCanvas(double width, double height) {
        image = new BufferedImage((int) (width * SCALE), (int) (height * SCALE), BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.scale(SCALE, SCALE);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, (int) Math.ceil(width), (int) Math.ceil(height));
    }

    void write(Path file) throws IOException {
        graphics.dispose();
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new FileSystemException(file.toString(), null, "this Java writes no PNG");
        }
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, int colour, double width) {
        draw(colour, width);
        graphics.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    @Override
    public void path(double[] x, double[] y, int colour, double width) {
        draw(colour, width);
        graphics.draw(through(x, y));
    }

    @Override
    public void area(double[] x, double[] y, int colour) {
        Path2D path = through(x, y);
        path.closePath();
        graphics.setColor(new Color(colour >> 16 & 0xff, colour >> 8 & 0xff, colour & 0xff, AREA_OPACITY));
        graphics.fill(path);
    }

    @Override
    public void dot(double x, double y, double radius, int colour) {
        graphics.setColor(new Color(colour));
        graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    @Override
    public void text(double x, double y, String text, int colour, double size, boolean bold, Anchor anchor) {
        graphics.setFont(new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, (int) Math.round(size)));
        graphics.setColor(new Color(colour));
        double width = graphics.getFontMetrics().stringWidth(text);
        double left = switch (anchor) {
            case START -> x;
            case MIDDLE -> x - width / 2;
            case END -> x - width;
        };
        graphics.drawString(text, (float) left, (float) y);
    }

    private void draw(int colour, double width) {
        graphics.setColor(new Color(colour));
        graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
    }

    private static Path2D through(double[] x, double[] y) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i < x.length; i++) {
            if (i == 0) {
                path.moveTo(x[i], y[i]);
            } else {
                path.lineTo(x[i], y[i]);
            }
        }
        return path;
    }
}
