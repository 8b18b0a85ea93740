"""What the notebooks of the course import, in floors: a floor imports only from floors below it.

To read on your own, in this order: arrays, sizes, kernels, convolution (lessons 02 to 04), color and values (01),
pooling and neurons (05 to 07), layers, network, sketches, datasets, training, trained (07), backward, descent,
experiment and fights (08), squeezenet, classes and elsewhere (09), drawings and strokes (07), positions, patterns,
images. The rooms engine, stage, exercises and lessons are plumbing: nobody has to read them to learn.
"""
